"""Notices on the site."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from forum.accounts.models import Person
from forum.core.clock import now
from forum.core.events import Event
from forum.core.model import Base
from forum.core.once import insert_once
from forum.core.stamps import QUIET


class Notice(Base):
    """That a person was told of an event: once, whatever crashes."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("uq_notices_person_id_event_id", "person_id", "event_id", unique=True),
        Index("ix_notices_person_id_id", "person_id", "id"),
    )
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    kind: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship(lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")


def notify_once(session: Session, person_id: int, event: Event) -> bool:
    """Tell a person of an event on the site; False where they have been told already."""
    if not insert_once(session, Notice, person_id=person_id, event_id=event.id, kind=event.kind, at=now()):
        return False
    session.execute(update(Person).where(Person.id == person_id).values(unread=Person.unread + 1), execution_options=QUIET)
    return True
