"""Deletion has a term: what an author withdraws can be had back for a while, then its words go for good."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from forum.core.actor import SYSTEM
from forum.core.clock import now
from forum.entries.models import DraftVersion, Entry, ReplacedWords, Revision, State, WorkingCopy

TERM = timedelta(days=30)


def gone_at(entry: Entry) -> datetime:
    """When the words of a withdrawn entry go. Nothing changes one that is withdrawn: its last change was the withdrawal."""
    return entry.changed_at + TERM


def due(session: Session, kinds: Iterable[str], limit: int = 100) -> Sequence[tuple[int, str]]:
    """Number and kind of those whose term is over, the longest gone first."""
    over = (Entry.state == State.WITHDRAWN, Entry.kind.in_(list(kinds)), Entry.changed_at < now() - TERM)
    query = select(Entry.id, Entry.kind).where(*over)
    return [(row.id, row.kind) for row in session.execute(query.order_by(Entry.changed_at).limit(limit))]


def bury(session: Session, entries: Iterable[Entry]) -> None:
    """Drop what was kept of their words; those on the entries themselves the caller has taken away."""
    for entry in entries:
        for table in (Revision, WorkingCopy, DraftVersion, ReplacedWords):
            session.execute(delete(table).where(table.entry_id == entry.id))
        entry.change_state(State.GONE)
        entry.record(f"{entry.kind}.gone", by=SYSTEM)
