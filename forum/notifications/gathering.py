"""One notice per event and person; several of a kind about one entry become one line until it is read."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.core.clock import now
from forum.core.events import Event
from forum.core.once import insert_once
from forum.core.stamps import QUIET
from forum.entries.models import Entry
from forum.notifications.kinds import KINDS
from forum.notifications.models import Notice, NoticeGroup


def notify_once(session: Session, person_id: int, event: Event, told_as: str) -> bool:
    """Tell a person of an event on the site; False where they have been told already."""
    if KINDS[told_as].gathered:
        # One at a time for each person: two at once would open two groups.
        session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
    if not insert_once(session, Notice, person_id=person_id, event_id=event.id, kind=event.kind, told_as=told_as, at=now()):
        return False
    group = _group(session, person_id, event, told_as)
    session.execute(update(Notice).where(Notice.person_id == person_id, Notice.event_id == event.id).values(group_id=group.id))
    return True


def _group(session: Session, person_id: int, event: Event, told_as: str) -> NoticeGroup:
    """The open group that the event joins, or a new one."""
    about = discussed(session, event)
    key = f"{person_id}:{told_as}:{about}" if KINDS[told_as].gathers(event.kind) and about is not None else None
    group = session.scalar(select(NoticeGroup).where(NoticeGroup.open_key == key)) if key is not None else None
    if group is not None:
        group.size, group.at, group.event_id = group.size + 1, now(), event.id
    else:
        group = NoticeGroup(person_id=person_id, told_as=told_as, entry_id=about, event_id=event.id, size=1, at=now(), open_key=key)
        session.add(group)
        _count(session, person_id, 1)
    session.flush()
    return group


def discussed(session: Session, event: Event) -> int | None:
    """The entry under which notices about an event's entry are gathered."""
    entry = session.get(Entry, event.entry_id) if event.entry_id is not None else None
    return entry.gathers_under if entry is not None else event.entry_id


def mark_read(session: Session, person_id: int, group_id: int | None = None) -> int:
    """Mark one group of a person, or all, as read and count them off; how many were unread."""
    query = update(NoticeGroup).where(NoticeGroup.person_id == person_id, NoticeGroup.read_at.is_(None))
    if group_id is not None:
        query = query.where(NoticeGroup.id == group_id)
    done: int = session.execute(query.values(read_at=now(), open_key=None), execution_options=QUIET).rowcount  # type: ignore[attr-defined]
    if done:
        _count(session, person_id, -done)
    return done


def _count(session: Session, person_id: int, by: int) -> None:
    session.execute(update(Person).where(Person.id == person_id).values(unread=Person.unread + by), execution_options=QUIET)
