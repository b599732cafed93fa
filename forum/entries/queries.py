"""Finding entries of any kind."""

from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload, selectinload

from forum.core.actor import Actor
from forum.entries.models import Entry, State
from forum.entries.policy import visible_to


def by_id(id: int, actor: Actor) -> Select[Entry]:
    """An entry of any kind, where the actor may read it, with what it is about."""
    return select(Entry).where(Entry.id == id, visible_to(actor)).options(selectinload(Entry.root))


@lru_cache(256)  # built once for a reader: building it takes longer than asking it
def readable(actor: Actor) -> Select[Entry]:
    """The same for the parameter `id`."""
    return select(Entry).where(Entry.id == bindparam("id"), visible_to(actor)).options(selectinload(Entry.root))


def withdrawn(actor: Actor) -> Select[Entry]:
    """What the actor has taken back and can still have again, the last first."""
    own = (Entry.author_id == actor.id, Entry.state == State.WITHDRAWN)
    return select(Entry).where(*own).options(selectinload(Entry.root)).order_by(Entry.changed_at.desc(), Entry.id.desc()).limit(100)


def kept_instead(session: Session, id: int) -> int | None:
    """The number of the entry that this one was merged into, at the end of all merges; None where it was not."""
    seen: set[int] = set()
    found: int | None = id
    while found is not None and found not in seen:
        seen.add(found)
        last, found = found, session.scalar(select(Entry.merged_into_id).where(Entry.id == found))
    return last if last != id else None


def by_ids(session: Session, actor: Actor, ids: Iterable[int | None]) -> dict[int, Entry]:
    """Those of the entries that the actor may read, with authors and what they are about; as many queries for one as for many."""
    wanted = sorted({id for id in ids if id is not None})
    if not wanted:
        return {}
    query = select(Entry).where(Entry.id.in_(wanted), visible_to(actor)).options(joinedload(Entry.author), selectinload(Entry.root))
    return {entry.id: entry for entry in session.scalars(query)}
