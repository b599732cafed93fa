"""People as others see them."""

from flask import abort, g, render_template, request

from forum.accounts import queries as accounts
from forum.accounts.models import Person
from forum.core.actor import Actor
from forum.extensions import db
from forum.practices import lists, people
from forum.practices.reference import reference
from forum.practices.views.blueprint import bp
from forum.practices.views.cards import cards
from forum.practices.views.listing import ask
from forum.web import paging
from forum.web.access import access, everyone
from forum.web.lookup import find_or_404

COMMENTS = 10


@bp.get("/people/<handle>")
@access(everyone, cache=True)
def person(handle: str) -> str:
    """A profile: who it is, what they wrote."""
    someone: Person = find_or_404(accounts.by_handle(handle))
    if not may_see(g.actor, someone):
        abort(404)
    session = db.session()
    practices, comments = session.execute(people.numbers_of(someone.id)).one()
    page = paging.paginate(session, people.practices_of(someone.id), people.ORDER, request.args.get("page"), lists.PAGE_SIZE)
    return render_template(
        "practices/person.html",
        person=someone,
        practices=practices,
        comments=comments,
        page=page,
        cards=cards(page.items, ask(reference), level=3),
        latest=session.execute(people.comments_of(someone.id, COMMENTS)).all(),
    )


def may_see(actor: Actor, person: Person) -> bool:
    """Who never confirmed an address has no public face: anybody could put any words there."""
    return person.confirmed_at is not None or actor.is_moderator or actor.id == person.id
