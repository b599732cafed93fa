"""The index follows by itself: every flush that writes an entry queues it, in the same transaction."""

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.entries.models import Entry
from forum.search.queue import enqueue, enqueue_below, enqueue_by

# What search says of a person; the rest (when they were seen, what they have not read) changes all the time.
TOLD = ("name", "position", "municipality_id", "confirmed_at")


@event.listens_for(Session, "after_flush")
def queue_changes(session: Session, context: Any) -> None:
    """Queue new, changed and deleted entries at once (rows kept for later would be lost with their instances)."""
    written = [obj for group in (session.new, session.dirty, session.deleted) for obj in group if isinstance(obj, Entry)]
    ids = [entry.id for entry in written]
    for entry in written:
        new = entry in session.new
        if not new and not inspect(entry).attrs.state.history.has_changes():
            continue
        if entry.root_id is not None:
            ids.append(entry.root_id)  # it says how many stand under it
        elif not new:
            enqueue_below(session, entry.id)  # what stands under it is public only while it is
    enqueue(session, ids)


@event.listens_for(Session, "after_flush")
def queue_people(session: Session, context: Any) -> None:
    """People whose public words changed, and with a name all that stands under it."""
    for person in (obj for group in (session.new, session.dirty) for obj in group if isinstance(obj, Person)):
        state = inspect(person).attrs
        if any(state[name].history.has_changes() for name in TOLD):
            enqueue_by(session, person.id)
