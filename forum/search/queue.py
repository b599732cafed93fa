"""Putting documents into the queue: by hand after bulk statements; everything else the session hook does."""

from collections.abc import Collection, Iterable

from sqlalchemy import func, insert, literal, select
from sqlalchemy.orm import Session

from forum.core.clock import now
from forum.entries.models import Entry
from forum.search.models import Queued
from forum.search.port import person_document

_QUEUE = insert(Queued)


def enqueue(session: Session, ids: Iterable[int]) -> None:
    """Have the index look at these documents again (ids as in `port.Document`), once the transaction is committed."""
    moment = now()
    rows = [{"document_id": one, "queued_at": moment} for one in dict.fromkeys(ids)]
    if rows:
        session.connection().execute(_QUEUE, rows)


def enqueue_below(session: Session, root_id: int) -> None:
    """The same for all that stands under an entry, without reading it."""
    entries = Entry.__table__
    below = select(entries.c.id, literal(now(), Queued.queued_at.type)).where(entries.c.root_id == root_id)
    session.connection().execute(insert(Queued).from_select(["document_id", "queued_at"], below))


def enqueue_by(session: Session, person_id: int) -> None:
    """The same for a person and all that they wrote."""
    enqueue(session, [person_document(person_id)])
    entries = Entry.__table__
    written = select(entries.c.id, literal(now(), Queued.queued_at.type)).where(entries.c.author_id == person_id)
    session.connection().execute(insert(Queued).from_select(["document_id", "queued_at"], written))


def lag(session: Session) -> float:
    """For how many seconds the oldest row has been waiting; 0 where none is."""
    oldest = session.scalar(select(func.min(Queued.queued_at)))
    return (now() - oldest).total_seconds() if oldest else 0.0


def waiting(session: Session, but: Collection[int] = ()) -> int:
    """How many rows the indexer has yet to take; `but`: these it has taken."""
    return session.scalar(select(func.count()).select_from(Queued).where(Queued.id.not_in(but))) or 0
