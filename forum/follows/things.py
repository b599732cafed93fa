"""From what a button names to the thing that is followed."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.core.actor import Actor
from forum.entries.models import Entry
from forum.entries.policy import visible_to
from forum.places.models import Municipality, Region
from forum.taxonomy.models import Nomination, Tag

MAX_NUMBER = 2**31 - 1


def _number(key: str) -> int:
    return int(key) if key.isascii() and key.isdecimal() and len(key) < 11 and int(key) <= MAX_NUMBER else 0


# By kind, given the key by which addresses name the thing: a query for what `follows` points to it by.
_FINDERS: dict[str, Callable[[str, Actor], Select[Any]]] = {
    "entry": lambda key, actor: select(Entry.id).where(Entry.id == _number(key), Entry.root_id.is_(None), visible_to(actor)),
    "person": lambda key, actor: select(Person.id).where(Person.handle == key, Person.confirmed_at.is_not(None)),
    "tag": lambda key, actor: select(Tag.id).where(Tag.slug == key),
    "region": lambda key, actor: select(Region.code).where(Region.code == key),
    "municipality": lambda key, actor: select(Municipality.id).where(Municipality.id == _number(key)),
    "nomination": lambda key, actor: select(Nomination.id).where(Nomination.id == _number(key)),
}


def find(session: Session, actor: Actor, kind: str, key: str) -> int | str | None:
    """The value for the kind's column; None where there is no such thing for the actor."""
    finder = _FINDERS.get(kind)
    found: int | str | None = session.scalar(finder(key, actor)) if finder is not None else None
    return found
