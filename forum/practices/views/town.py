"""The practices of one's own municipality: those that nobody leads first."""

from dataclasses import dataclass
from typing import Any

from flask import g, render_template, request

from forum.extensions import db
from forum.places import queries as places
from forum.practices import ownership
from forum.practices.views.blueprint import bp
from forum.web.access import access, members
from forum.web.paging import paginate

SHOWN, PAGE = 5, 30


@dataclass(frozen=True, slots=True)
class Few:
    """The first practices of a municipality, and whether there are more."""

    rows: list[Any]
    more: bool


@bp.app_template_global()
def own_town(municipality_id: int | None = None, needing: bool = False) -> Few | None:
    """A few practices of the municipality the reader works for; None where `municipality_id` is another, or nothing is proved.

    `needing`: only those that want a keeper or a confirmation, where the others stand on the page anyway.
    """
    town = g.actor.works_at
    if town is None or municipality_id not in (None, town):
        return None
    rows = list(db.session.scalars(ownership.first_of_towns(g.actor.works_for, SHOWN + 1, needing)))
    return Few(rows[:SHOWN], len(rows) > SHOWN)


@bp.get("/account/practices")
@access(members)
def town() -> str:
    """All of them, and what the reader can do with each."""
    number = g.actor.works_at
    if number is None:
        return render_template("practices/town.html", place=None, page=None)
    place = db.session.execute(places.by_id(number)).unique().scalar_one()
    page = paginate(db.session(), ownership.of_towns(g.actor.works_for), ownership.ORDER, request.args.get("page"), PAGE)
    return render_template("practices/town.html", place=place, page=page)
