"""People whose name or handle goes on as somebody has begun to type: those of a discussion first."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.core.actor import Actor
from forum.entries.models import Entry
from forum.entries.policy import visible_to
from forum.places.models import Municipality
from forum.search.analysis import all_words
from forum.search.documents import has_public_face
from forum.search.names import Names

SHOWN = 8
PARTICIPANTS = 200  # the latest of a discussion
LONGEST = 80  # characters of a name


def complete(session: Session, actor: Actor, names: Names, text: str, entry_id: int = 0) -> Sequence[Any]:
    """Rows of handle, name, position and place; nobody while nothing is typed, but in a discussion those who speak there."""
    typed = all_words(text[:LONGEST])
    here = _participants(session, actor, entry_id, typed) if entry_id else []
    keys = [int(key) for key in names.find(typed, SHOWN + 1)] if typed else []
    ids = [id for id in dict.fromkeys([*here, *keys]) if id != actor.id]
    found = {row.id: row for row in session.execute(_people(ids))} if ids else {}
    return [found[id] for id in ids if id in found][:SHOWN]


def _people(ids: Sequence[int]) -> Select[Any]:
    place = (Municipality.name.label("place"), Municipality.name_en.label("place_en"))
    columns: tuple[Any, ...] = (Person.id, Person.handle, Person.name, Person.position, *place)
    return select(*columns).outerjoin(Person.municipality).where(Person.id.in_(ids), has_public_face())


def _participants(session: Session, actor: Actor, entry_id: int, typed: Sequence[str]) -> list[int]:
    """Who has written in the discussion, under their name, what the actor may read, the last first."""
    root = session.scalar(select(func.coalesce(Entry.root_id, Entry.id)).where(Entry.id == entry_id, visible_to(actor)))
    if root is None:
        return []
    said = select(Entry.author_id, func.max(Entry.id).label("last")).where(
        or_(Entry.id == root, Entry.root_id == root), visible_to(actor), Entry.anonymous.is_(False)
    )
    latest = said.group_by(Entry.author_id).order_by(func.max(Entry.id).desc()).limit(PARTICIPANTS).subquery()
    query = select(Person.id, Person.name, Person.handle).join(latest, latest.c.author_id == Person.id).order_by(latest.c.last.desc())
    return [id for id, name, handle in session.execute(query) if _goes_on(typed, all_words(f"{name} {handle}"))][: SHOWN + 1]


def _goes_on(typed: Sequence[str], words: Sequence[str]) -> bool:
    return all(any(word.startswith(beginning) for word in words) for beginning in typed)
