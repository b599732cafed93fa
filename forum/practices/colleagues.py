"""People of a place, as its page names them: whose work there is confirmed, and who have written something under their name that
everybody can read."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Bundle

from forum.accounts.models import Person
from forum.accounts.queries import works_there
from forum.core.actor import GUEST
from forum.entries.models import Entry
from forum.entries.policy import visible_to
from forum.places.models import Municipality
from forum.practices.lists import P, listed

# How far back a region looks for its authors: this many practices, whatever time that is.
RECENT = 300
ORDER = (Person.name, Person.id)
_PERSON: Bundle[Any] = Bundle("person", Person.id, Person.handle, Person.name, Person.position)


def of_municipality(id: int) -> Select[Any]:
    """Rows of id, handle, name and position, to be put in ORDER, ascending."""
    wrote = exists().where(Entry.author_id == Person.id, Entry.anonymous.is_(False), visible_to(GUEST))
    return select(_PERSON).where(Person.municipality_id == id, *works_there(), wrote)


@lru_cache(128)
def of_region(code: str, limit: int) -> Select[Any]:
    """Those who wrote its latest practices and work there, the last first: rows of handle, name, position and place."""
    recent = select(P.id, P.listed_at).where(P.region == code, listed()).order_by(P.listed_at.desc()).limit(RECENT).subquery()
    entry = Entry.__table__
    columns: tuple[Any, ...] = (Person.id, Person.handle, Person.name, Person.position)
    place: tuple[Any, ...] = (Municipality.name.label("place"), Municipality.name_en.label("place_en"))
    return (
        select(*columns, *place)
        .select_from(recent)
        .join(entry, entry.c.id == recent.c.id)
        .join(Person, Person.id == entry.c.author_id)
        .join(Municipality, Municipality.id == Person.municipality_id)
        .where(*works_there(), Municipality.region_code == code, entry.c.anonymous.is_(False))
        .group_by(*columns, Municipality.name, Municipality.name_en)
        .order_by(func.max(recent.c.listed_at).desc(), Person.id)
        .limit(limit)
    )
