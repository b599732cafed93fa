"""Telling a person of an event: on the site, and by letter where they can be written to."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.accounts.queries import as_actor
from forum.core.events import Event
from forum.core.letters import write_letter
from forum.entries.models import Entry
from forum.entries.policy import visible_to
from forum.notifications.models import notify_once

# Features above say of what a person wants to hear nothing at all.
SILENCERS: list[Callable[[Session, Person, Event], bool]] = []


def receiver(session: Session, person_id: int) -> Person | None:
    """A person with what `as_actor` needs."""
    return session.execute(as_actor(person_id)).unique().scalar_one_or_none()


def may_see(session: Session, person: Person, entry_id: int) -> bool:
    """Whether the person may read the entry now."""
    return session.scalar(select(Entry.id).where(Entry.id == entry_id, visible_to(person.as_actor()))) is not None


def tell(session: Session, person: Person, event: Event, template: str | None = None) -> None:
    """A notice and, where there is a template and the address is confirmed, a letter; once, however often it is called."""
    if any(silences(session, person, event) for silences in SILENCERS):
        return
    notify_once(session, person.id, event)
    if template and person.confirmed_at is not None:
        key = f"{event.id}:{person.id}"
        write_letter(session, key, person.email, template, person.lang, event_id=event.id, person_id=person.id)
