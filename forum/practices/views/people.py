"""People as others see them."""

from typing import Any

from flask import abort, g, render_template, request, url_for
from flask_babel import gettext as _

from forum.accounts import queries as accounts
from forum.accounts.models import Person
from forum.core.actor import Actor
from forum.extensions import db
from forum.practices import lists, people
from forum.practices.people import Record
from forum.practices.reference import reference
from forum.practices.views.blueprint import bp
from forum.practices.views.cards import cards
from forum.practices.views.listing import ask, elsewhere
from forum.web import paging
from forum.web.access import access, everyone
from forum.web.lookup import find_or_404

TOP = 10  # entries under «Поддержка»


@bp.get("/people/<handle>")
@access(everyone, cache=True)
def person(handle: str) -> str:
    """A profile: who it is and, under `tab`, their practices, their comments, or what of theirs others voted for."""
    someone: Person = find_or_404(accounts.by_handle(handle))
    if not may_see(g.actor, someone):
        abort(404)
    own = g.actor.id == someone.id
    record = people.record_of(db.session(), someone.id, own)
    tab = request.args.get("tab", "")
    tab = tab if tab in ("comments", "thanks") else "practices"
    around = {"record": record, "tab": tab, "tabs": _tabs(someone, record, tab)}
    return render_template("practices/person.html", person=someone, **around, **_shown(someone, tab, own))


def _shown(someone: Person, tab: str, own: bool) -> dict[str, Any]:
    session = db.session()
    if tab == "thanks":
        return {"supported": session.execute(people.supported(someone.id, TOP, own)).all(), "page": None}
    query = (people.comments_of if tab == "comments" else people.practices_of)(someone.id, own)
    page = paging.paginate(session, query, people.ORDER, request.args.get("page"), lists.PAGE_SIZE)
    return {"page": page, "cards": cards(page.items, ask(reference), level=3) if tab == "practices" else []}


def _tabs(someone: Person, record: Record, tab: str) -> list[dict[str, Any]]:
    found = {
        "practices": (_("Практики"), record.practices),
        "comments": (_("Комментарии"), record.comments),
        "thanks": (_("Поддержка"), record.ups),
    }
    # More than is counted is not told as a number.
    enough = lists.COUNTED
    tabs: list[dict[str, Any]] = [
        {
            "text": text,
            "url": url_for(".person", handle=someone.handle, tab=name if name != "practices" else None),
            "active": name == tab,
            "count": count if name == "thanks" or count <= enough else None,
        }
        for name, (text, count) in found.items()
    ]
    return [*tabs, *elsewhere("person", handle=someone.handle)]


def may_see(actor: Actor, person: Person) -> bool:
    """Who never confirmed an address has no public face: anybody could put any words there. Of the erased what they published is left."""
    return person.confirmed_at is not None or person.is_erased or actor.is_moderator or actor.id == person.id
