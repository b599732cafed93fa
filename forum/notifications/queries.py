"""Notices of a person."""

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import Person
from forum.core.clock import now
from forum.core.stamps import QUIET
from forum.notifications.models import Notice


def newest(person_id: int) -> Select[Notice]:
    """A person's notices with what happened, the last first."""
    return select(Notice).where(Notice.person_id == person_id).options(joinedload(Notice.event)).order_by(Notice.id.desc())


def mark_read(session: Session, person_id: int, notice_id: int | None = None) -> int:
    """Mark one notice of a person, or all, as read and count them off; how many were unread."""
    query = update(Notice).where(Notice.person_id == person_id, Notice.read_at.is_(None)).values(read_at=now())
    if notice_id is not None:
        query = query.where(Notice.id == notice_id)
    done: int = session.execute(query, execution_options=QUIET).rowcount  # type: ignore[attr-defined]
    if done:
        session.execute(update(Person).where(Person.id == person_id).values(unread=Person.unread - done), execution_options=QUIET)
    return done
