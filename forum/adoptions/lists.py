"""Lists of adoptions that guests may read, by columns of one table and the names of places: of a practice, a place, a person."""

from typing import Any

from sqlalchemy import Select, Text, cast, select
from sqlalchemy.orm import Bundle

from forum.adoptions.models import Adoption, AdoptionPerson
from forum.entries.models import Entry
from forum.places.models import Municipality
from forum.practices.models import Practice
from forum.taxonomy.models import Obstacle

A: Any = Adoption.__table__.c
_place, _practice, _obstacle = Municipality.__table__, Practice.__table__, Obstacle.__table__
ORDER: tuple[Any, ...] = (A.listed_at, A.id)
PAGE_SIZE = 20
# Totals look at so many of a practice's adoptions: more than any has in earnest.
COUNTED = 1000

_OWN = ("id", "practice_id", "stage", "confirmed_at", "questioned_at", "opened_on", "closed_on", "region", "municipality_id")
_LIGHT = (
    *(A[name] for name in _OWN),
    *(A[f"cost_{source}"] for source in Adoption.COSTS),
    A.upkeep,
    A.listed_at,
    _place.c.name.label("place"),
    _place.c.name_en.label("place_en"),
    _place.c.population.label("population"),
    _obstacle.c.name.label("obstacle"),
    _obstacle.c.name_en.label("obstacle_en"),
)
# As text: rows of pages are told apart by their values, and no dictionary can be.
_LINE: Bundle[Any] = Bundle("line", *_LIGHT, cast(A.html, Text).label("html"), _practice.c.title, _practice.c.slug)


def _joined() -> Any:
    return Adoption.__table__.join(_place, _place.c.id == A.municipality_id).outerjoin(_obstacle, _obstacle.c.id == A.obstacle_id)


def lines() -> Select[Any]:
    """Rows for lists, with the practice's name, to be put in ORDER."""
    return select(_LINE).select_from(_joined().join(_practice, _practice.c.id == A.practice_id)).where(A.listed_at.is_not(None))


def of_practice(practice_id: int) -> Select[Any]:
    """Those of a practice."""
    return lines().where(A.practice_id == practice_id)


def of_region(code: str) -> Select[Any]:
    """Those of a region's towns."""
    return lines().where(A.region == code)


def of_municipality(id: int) -> Select[Any]:
    """Those of one town."""
    return lines().where(A.municipality_id == id)


def of_person(id: int) -> Select[Any]:
    """Those that a person keeps; not what they asked not to be named under."""
    mine = select(AdoptionPerson.adoption_id).where(AdoptionPerson.person_id == id)
    return lines().where(A.id.in_(mine.join(Entry, Entry.id == AdoptionPerson.adoption_id).where(Entry.anonymous.is_(False))))


def whole(practice_id: int) -> Select[Any]:
    """Rows of a practice's adoptions with all that was written, to be put in ORDER."""
    more = (cast(A.indicators, Text).label("indicators"), _obstacle.c.code.label("obstacle_code"))
    columns: Bundle[Any] = Bundle("whole", *_LIGHT, *(A[name] for name in Adoption.MARKDOWN), *more)
    return select(columns).select_from(_joined()).where(A.practice_id == practice_id, A.listed_at.is_not(None))


def summed(practice_id: int, limit: int = COUNTED) -> Select[Any]:
    """Light rows of a practice's adoptions, what was finished last first: for totals and for the practice's own page."""
    columns = (*_LIGHT, A.indicators)
    mine = (A.practice_id == practice_id, A.listed_at.is_not(None))
    order = (A.confirmed_at.is_(None), A.closed_on.is_(None), A.closed_on.desc(), A.id.desc())
    return select(*columns).select_from(_joined()).where(*mine).order_by(*order).limit(limit)
