"""Finding entries of any kind."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from forum.core.actor import Actor
from forum.entries.models import Entry, State
from forum.entries.policy import visible_to


def by_id(id: int, actor: Actor) -> Select[Entry]:
    """An entry of any kind, where the actor may read it, with what it is about."""
    return select(Entry).where(Entry.id == id, visible_to(actor)).options(selectinload(Entry.root))


def kind_of(name: str) -> type[Entry]:
    """The kind of entries of this name."""
    found: type[Entry] = Entry.__mapper__.polymorphic_map[name].class_
    return found


def readable(session: Session, actor: Actor, id: int, *, held: bool = False) -> Entry | None:
    """The same entry, found in a quarter of the time: first of which kind it is, then that kind. `held`: as `hold` does, read behind it."""
    row = session.connection().execute(_HELD if held else _KIND, {"id": id}).one_or_none()
    if row is None:
        return None
    if held:
        _holding(session).add(id)
    fresh = {"populate_existing": held}
    return session.execute(_readable(actor, row.kind, row.root_id is not None), {"id": id}, execution_options=fresh).scalar_one_or_none()


def hold(session: Session, entry: Entry) -> None:
    """Let others who would write the entry wait until the transaction ends, and take over what stands in these of its columns now."""
    if entry.id in (held := _holding(session)):
        return
    row = session.connection().execute(_HELD, {"id": entry.id}).one()
    for name in _TAKEN_OVER:
        set_committed_value(entry, name, getattr(row, name))
    held.add(entry.id)


def _holding(session: Session) -> set[int]:
    """Ids of the entries that the present transaction holds: a lock goes with the savepoint it was taken in."""
    connection = session.connection()
    transaction = connection.get_nested_transaction() or connection.get_transaction()
    kept = session.info.get(_HOLDS)
    if kept is None or kept[0] is not transaction:
        kept = session.info[_HOLDS] = (transaction, set())
    held: set[int] = kept[1]
    return held


_HOLDS = "entries_held"
_TAKEN_OVER = ("state", "locked", "comments_count", "last_comment_at", "pinned_id", "ups", "downs", "score")
_table: Any = Entry.__table__
_KIND = select(_table.c.kind, _table.c.root_id).where(_table.c.id == bindparam("id"))
_HELD = _KIND.add_columns(*(_table.c[name] for name in _TAKEN_OVER)).with_for_update()


@lru_cache(1024)  # built once for a reader: building it takes longer than asking it
def _readable(actor: Actor, kind: str, below: bool) -> Select[Entry]:
    of_kind = kind_of(kind)
    found = select(of_kind).where(of_kind.id == bindparam("id"), visible_to(actor))
    return found.options(selectinload(of_kind.root)) if below else found


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
