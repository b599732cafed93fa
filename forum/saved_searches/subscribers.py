"""Who is told of a new practice: everybody who keeps a search that it answers."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.core import attempts, events
from forum.core.actor import GUEST, SYSTEM
from forum.core.clock import now
from forum.core.events import Event, on
from forum.entries.models import Entry
from forum.entries.policy import visible_to
from forum.notifications.telling import receiver, tell
from forum.saved_searches import queries
from forum.saved_searches.models import SavedSearch
from forum.saved_searches.standing import BATCH, Standing
from forum.search import documents
from forum.search.wordlist import WordList

ANSWERED = "search.answered"
LETTER = "search_answered"  # its template
WORDS = 80  # characters of a search in a notice
MOST_LETTERS, PERIOD = 10, timedelta(days=1)  # to one person: an import may publish hundreds at once

# What the process has taken apart.
standing, synonyms = Standing(), WordList()


@on("practice.published")
def answer(session: Session, event: Event) -> None:
    """Record for each person that one of their searches was answered, the first time the practice appears; its author apart.

    Telling is a delivery of its own for each, so that one person's failure delays nobody else.
    """
    if event.entry_id is None or not event.data.get("first"):
        return
    # Whoever does the same at this moment waits, and then finds done what is done: there is no key of person and practice.
    session.execute(select(Entry.__table__.c.id).where(Entry.__table__.c.id == event.entry_id).with_for_update())
    entry = session.scalar(documents.public_entries().where(Entry.id == event.entry_id, visible_to(GUEST)))
    document = documents.of_entry(entry) if entry is not None else None
    if entry is None or document is None:
        return
    told = set(session.scalars(select(Event.person_id).where(Event.entry_id == entry.id, Event.kind == ANSWERED)))
    told.add(entry.author_id)
    for search in _to_tell(session, standing.fitting(session, document, synonyms.current(session))):
        if search.person_id not in told:
            told.add(search.person_id)
            _record(session, search, entry.id)


def _to_tell(session: Session, ids: list[int]) -> list[SavedSearch]:
    parts = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
    found = [search for part in parts for search in session.scalars(queries.among(part))]
    # Of several searches of one person the one with letters speaks.
    return sorted(found, key=lambda search: (not search.mail, search.id))


def _record(session: Session, search: SavedSearch, entry_id: int) -> None:
    words = search.text if len(search.text) <= WORDS else f"{search.text[: WORDS - 1].rstrip()}…"
    known: dict[str, Any] = {"search_id": search.id, "key": search.key, "words": words}
    events.record(session, ANSWERED, by=SYSTEM, entry_id=entry_id, person_id=search.person_id, **known)


@on(ANSWERED)
def tell_keeper(session: Session, event: Event) -> None:
    """On the site, and by letter where the search says so; nothing where the search or the practice has gone meanwhile."""
    search = session.scalar(queries.told_of(event))
    person = receiver(session, event.person_id) if event.person_id is not None else None
    if search is None or person is None or search.person_id != person.id or person.is_suspended(now()):
        return
    if session.scalar(select(Entry.id).where(Entry.id == event.entry_id, visible_to(GUEST), visible_to(person.as_actor()))) is None:
        return
    tell(session, person, event, "search", letter=search.mail and _may_write(session, person))


def _may_write(session: Session, person: Person) -> bool:
    key = f"search letters:{person.id}"
    if attempts.wait_needed(session, key, MOST_LETTERS, PERIOD) is not None:
        return False
    attempts.note(session, key)
    return True
