"""Telling a person of an event: on the site and, as they chose for its kind, by a letter at once or in the digest."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.accounts.queries import as_actor
from forum.core.clock import now
from forum.core.events import Event
from forum.core.letters import write_letter
from forum.core.once import insert_once
from forum.entries.models import Entry
from forum.entries.policy import visible_to
from forum.notifications import preferences
from forum.notifications.gathering import notify_once
from forum.notifications.kinds import KINDS, Way
from forum.notifications.models import DigestItem

# Features above say of what a person wants to hear nothing at all.
SILENCERS: list[Callable[[Session, Person, Event], bool]] = []


def receiver(session: Session, person_id: int) -> Person | None:
    """A person with what `as_actor` needs."""
    return session.execute(as_actor(person_id)).unique().scalar_one_or_none()


def may_see(session: Session, person: Person, entry_id: int) -> bool:
    """Whether the person may read the entry now."""
    return session.scalar(select(Entry.id).where(Entry.id == entry_id, visible_to(person.as_actor()))) is not None


def is_silenced(session: Session, person: Person, event: Event) -> bool:
    """Whether the person wants to hear nothing at all of what the event is about."""
    return any(silences(session, person, event) for silences in SILENCERS)


def tell(session: Session, person: Person, event: Event, kind: str, *, letter: bool = True) -> None:
    """Tell of an event as a kind of `kinds.KINDS`; once, however often it is called.

    `letter=False` leaves it at the site. Nothing goes to an address that is not proved, or that letters came back from.
    """
    if is_silenced(session, person, event):
        return
    way = preferences.way_of(session, person.id, kind)
    if way == Way.NOWHERE or not notify_once(session, person.id, event, kind):
        return
    if not letter or person.confirmed_at is None or person.mail_paused_at is not None:
        return
    if way == Way.AT_ONCE:
        key, about = f"{event.id}:{person.id}", {"event_id": event.id, "person_id": person.id, "told_as": kind}
        write_letter(session, key, person.email, KINDS[kind].template, person.lang, **about)
    elif way == Way.DIGEST:
        insert_once(session, DigestItem, person_id=person.id, event_id=event.id, told_as=kind, at=now())
