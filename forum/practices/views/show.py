"""The page of a practice."""

from functools import cached_property
from typing import Any

from flask import abort, g, redirect, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy import Row
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from forum.attachments import queries as attachments
from forum.comments.queries import discussion
from forum.entries.models import State
from forum.entries.queries import kept_instead
from forum.extensions import db
from forum.places import reader
from forum.places.likeness import LIKE, likeness
from forum.places.wording import different, in_common
from forum.practices import policy, queries
from forum.practices.models import Practice
from forum.practices.views.blueprint import ID, bp
from forum.practices.views.package import package_facts
from forum.practices.views.reading import Donor, facts
from forum.practices.views.similar import like
from forum.search.port import Unavailable
from forum.votes.queries import mine
from forum.web import language
from forum.web.access import access, everyone
from forum.web.kept import is_kept, pages_version, part

for predicate in (
    policy.can_publish, policy.can_unpublish, policy.owns, policy.sees_contact,
    policy.can_take_over, policy.can_confirm, policy.can_hand_over, policy.keeps, policy.sees_keeping,
):  # fmt: skip
    bp.add_app_template_global(predicate)


@bp.get(f"/practices/<{ID}:id>")
@bp.get(f"/practices/<{ID}:id>/<slug>")
@access(everyone, cache=True)
def show(id: int, slug: str = "") -> str | Response:
    """The practice and its discussion; any other slug leads to the right one."""
    # Where the card has to be drawn the whole is asked for at once.
    row = None if Parts.has_card(id) else Parts.asked_for(id, db.session())
    practice = row[0] if row is not None else queries.outline(db.session(), id, g.actor)
    if practice is None or practice.state == State.MERGED:
        return _instead(id)
    if slug != practice.slug:
        order, page = request.args.get("order"), request.args.get("page")
        return redirect(url_for(".show", id=id, slug=practice.slug, order=order, page=page), 301)
    return render_template("practices/show.html", **_page(practice, row))


def _instead(id: int) -> Response:
    """The way to the practice that this one was merged into; not for good, since a merge can be undone."""
    kept = kept_instead(db.session(), id)
    if kept is None:
        abort(404)
    practice = queries.outline(db.session(), kept, g.actor) or abort(404)
    response = redirect(url_for(".show", id=kept, slug=practice.slug), 301)
    response.headers["Cache-Control"] = "no-cache"
    return response


class Parts:
    """The parts of the page that all readers alike see, drawn once for each version of the pages."""

    def __init__(self, practice: Practice, row: Row[Any] | None) -> None:
        self._practice, self._row = practice, row

    @staticmethod
    def asked_for(id: int, session: Session) -> Row[Any] | None:
        """What all parts are drawn from: the practice, and what its donor is called."""
        whole = queries.on_its_page(id, g.actor).execution_options(populate_existing=True)
        return session.execute(whole).unique().one_or_none()

    @classmethod
    def has_card(cls, id: int) -> bool:
        """Whether the greatest part is there already; the others are drawn with it."""
        return is_kept(cls._key("card", id))

    @staticmethod
    def _key(name: str, id: int) -> tuple[Any, ...]:
        return ("practice", name, id, pages_version(), language.select(), policy.sees_contact(g.actor))

    def __getitem__(self, name: str) -> Markup:
        return part(self._key(name, self._practice.id), lambda: render_template(f"practices/_{name}.html", **self._facts))

    def similar(self) -> Markup:
        """Practices like this one; nothing while search is away, and then the next reader asks again.

        The index follows the database by a moment: drawn within it, this part lacks the newest practice until something else
        on the site changes. What was hidden since is not shown, for it changes `pages_version`.
        """
        key = ("practice", "similar", self._practice.id, pages_version(), language.select())
        try:
            return part(key, lambda: render_template("practices/_similar.html", similar=like(self._facts["practice"])))
        except Unavailable:
            return Markup()

    @cached_property
    def _facts(self) -> dict[str, Any]:
        row = self._row or self.asked_for(self._practice.id, db.session()) or abort(404)
        donor = Donor(row.donor_id, row.donor_title, row.donor_slug) if row.donor_id else None
        files = db.session.scalars(attachments.of_entry(self._practice.id)).all()
        return facts(row[0], files, donor) | package_facts(row[0], files)


def _page(practice: Practice, row: Row[Any] | None) -> dict[str, object]:
    session, actor = db.session(), g.actor
    kept, standing = queries.marks(session, actor, practice.id)
    talk = discussion(session, actor, practice, request.args.get("order"), request.args.get("page"))
    return {
        "practice": practice,
        "entry": practice,
        "parts": Parts(practice, row),
        "discussion": talk,
        "my_votes": mine(session, actor, [practice.id, *talk.ids]),
        "kept": kept,
        "standing": standing,
        "near": _near(practice),
    }


def _near(practice: Practice) -> dict[str, str] | None:
    """What the practice's municipality and the reader's have in common and what not; nothing where either is not known, or both are one."""
    town = reader.town()
    other = town.known.get(practice.profile or "") if town else None
    if town is None or other is None or practice.municipality_id == town.id:
        return None
    like = likeness(town.own, other) >= LIKE
    return {"like": in_common(town.own, other) if like else "", "unlike": "" if like else different(town.own, other)}
