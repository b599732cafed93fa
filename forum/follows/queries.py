"""What somebody follows, and who follows something."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Select, exists, select, union
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.core.actor import Actor
from forum.follows.models import THINGS, Follow, Mute
from forum.places.models import Municipality, Region
from forum.taxonomy.models import Nomination, Tag


class Standing(NamedTuple):
    """How a reader stands to a discussion."""

    followed: bool = False
    muted: bool = False


def standing(session: Session, actor: Actor, entry_id: int) -> Standing:
    """How the actor stands to the discussion of an entry; no query for guests."""
    if actor.is_guest:
        return Standing()
    return Standing(*session.execute(select(*standing_columns(actor.id, entry_id))).one())


def standing_columns(person_id: Any, entry_id: Any) -> tuple[Any, Any]:
    """The same as columns of a question that asks other things too: what `Standing` is made of."""
    return exists().where(Follow.entry_id == entry_id, Follow.person_id == person_id), _muted(person_id, entry_id)


def is_followed(session: Session, actor: Actor, kind: str, key: int | str) -> bool:
    """Whether the actor follows a thing; no query for guests."""
    if actor.is_guest:
        return False
    return bool(session.scalar(select(exists().where(getattr(Follow, THINGS[kind]) == key, Follow.person_id == actor.id))))


def is_muted(session: Session, person_id: int, entry_id: int) -> bool:
    """Whether a person wants to hear nothing of a discussion."""
    return bool(session.scalar(select(_muted(person_id, entry_id))))


def _muted(person_id: Any, entry_id: Any) -> Any:
    return exists().where(Mute.person_id == person_id, Mute.entry_id == entry_id)


def discussions(person_id: int) -> Select[Follow]:
    """The discussions a person follows and has not muted, the last begun first."""
    query = select(Follow).where(Follow.person_id == person_id, Follow.entry_id.is_not(None), ~_muted(Follow.person_id, Follow.entry_id))
    return query.order_by(Follow.at.desc(), Follow.id.desc())


def mutes(person_id: int) -> Select[Mute]:
    """The discussions a person has muted, the last first."""
    return select(Mute).where(Mute.person_id == person_id).order_by(Mute.at.desc(), Mute.entry_id.desc())


def others(person_id: int) -> Select[Any]:
    """What else a person follows: rows of a follow and of what pages call the thing, None for all kinds but its own."""
    names: tuple[Any, ...] = (Person.handle, Person.name.label("person"), Tag.slug, Tag.name.label("tag"), Region, Municipality, Nomination)
    return (
        select(Follow, *names)
        .outerjoin(Person, Person.id == Follow.followed_id)
        .outerjoin(Tag, Tag.id == Follow.tag_id)
        .outerjoin(Municipality, Municipality.id == Follow.municipality_id)
        .outerjoin(Region, Region.code == Follow.region_code)
        .outerjoin(Nomination, Nomination.id == Follow.nomination_id)
        .where(Follow.person_id == person_id, Follow.entry_id.is_(None))
        .order_by(Follow.at.desc(), Follow.id.desc())
    )


def chosen(session: Session, person_id: int) -> dict[str, list[Any]]:
    """The values a person follows, by column; discussions apart."""
    columns = [column for kind, column in THINGS.items() if kind != "entry"]
    query = select(*(getattr(Follow, column) for column in columns)).where(Follow.person_id == person_id, Follow.entry_id.is_(None))
    rows = session.execute(query).all()
    return {column: [row[at] for row in rows if row[at] is not None] for at, column in enumerate(columns)}


def followers(wanted: Mapping[str, Iterable[Any]], but: Iterable[int], after: int, limit: int) -> Select[int]:
    """Ids of people who follow one of the values of some columns, each once, in order, from after an id on."""
    some = (
        select(Follow.person_id).where(getattr(Follow, column) == value, Follow.person_id > after, Follow.person_id.not_in(list(but)))
        for column, values in wanted.items()
        for value in values
    )
    parts = (select(part.order_by(Follow.person_id).limit(limit).subquery().c.person_id) for part in some)
    found = union(*parts).subquery()
    return select(found.c.person_id).order_by(found.c.person_id).limit(limit)


def tags_of(slugs: Iterable[str]) -> Select[int]:
    """Ids of tags."""
    return select(Tag.id).where(Tag.slug.in_(list(slugs)))
