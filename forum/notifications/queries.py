"""Notices of a person, line by line; who stands behind them; what waits for digests; letters that came back."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import joinedload

from forum.accounts.models import Person
from forum.core.actor import Actor
from forum.core.events import Event
from forum.entries.models import Entry
from forum.entries.models.naming import name_of
from forum.entries.policy import visible_to
from forum.notifications.kinds import Rhythm
from forum.notifications.models import Bounce, DigestItem, Notice, NoticeGroup


def newest(person_id: int, unread: bool = False) -> Select[NoticeGroup]:
    """A person's lines, the last first; `unread`: only those not read yet."""
    query = select(NoticeGroup).where(NoticeGroup.person_id == person_id).order_by(NoticeGroup.at.desc(), NoticeGroup.id.desc())
    return query.where(NoticeGroup.read_at.is_(None)) if unread else query


def speakers(groups: Iterable[int], actor: Actor) -> Select[int | None, str, int, int]:
    """Who wrote what groups tell of, where the actor may still read it: group, name, number of events, the last of them.

    The name is empty where it is kept back.
    """
    last, name = func.max(Notice.event_id), name_of(Person.name, Entry.anonymous)
    return (
        select(Notice.group_id, name, func.count(), last)
        .join(Event, Event.id == Notice.event_id)
        .join(Entry, Entry.id == Event.entry_id)
        .join(Person, Person.id == Entry.author_id)
        .where(Notice.group_id.in_(list(groups)), visible_to(actor))
        .group_by(Notice.group_id, Person.id, name)
        .order_by(last.desc())
    )


def events(ids: Iterable[int]) -> Select[Event]:
    """Those events."""
    return select(Event).where(Event.id.in_(list(ids)))


def digests_due(before: dict[Rhythm, datetime], limit: int = 100) -> Select[int]:
    """Who has something waiting since before the last moment of their rhythm and can be written to."""
    waited = or_(*(and_(Person.rhythm == rhythm, DigestItem.at < at) for rhythm, at in before.items()))
    reachable = (Person.confirmed_at.is_not(None), Person.mail_paused_at.is_(None))
    due = select(DigestItem.person_id).join(Person, Person.id == DigestItem.person_id)
    return due.where(DigestItem.letter_key.is_(None), waited, *reachable).distinct().order_by(DigestItem.person_id).limit(limit)


def taken_by(letter_key: str) -> Select[DigestItem]:
    """What one digest tells of, the newest first."""
    query = select(DigestItem).where(DigestItem.letter_key == letter_key)
    return query.options(joinedload(DigestItem.event)).order_by(DigestItem.event_id.desc())


def hard_bounces(person: Person, since: datetime) -> Select[int]:
    """How many letters have come back from the person's present address."""
    mine = (Bounce.person_id == person.id, Bounce.email == person.email, Bounce.at > since)
    return select(func.count()).select_from(Bounce).where(*mine)
