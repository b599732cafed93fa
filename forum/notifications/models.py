"""Notices on the site, how each person wants to be told, what waits for a digest, and letters that came back."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Person
from forum.core.clock import now
from forum.core.events import Event
from forum.core.model import Base


class NoticeGroup(Base):
    """Notices that stand on the page as one line, read or unread as a whole. `entry_id` is the entry that is talked about.

    `open_key` is there while the next event of the kind on the same entry still joins: until the group is read. `at` and
    `event_id` are those of its last event.
    """

    __tablename__ = "notice_groups"
    __table_args__ = (
        Index("ix_notice_groups_person_id_at_id", "person_id", "at", "id"),
        Index("ix_notice_groups_person_id_read_at_at_id", "person_id", "read_at", "at", "id"),
    )
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    told_as: Mapped[str] = mapped_column(String(30))
    entry_id: Mapped[int | None]
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    size: Mapped[int] = mapped_column(default=1)
    at: Mapped[datetime] = mapped_column(default=now)
    read_at: Mapped[datetime | None]
    open_key: Mapped[str | None] = mapped_column(String(80), unique=True)


class Notice(Base):
    """That a person was told of an event: once, whatever crashes. `told_as` is the kind of telling, `kind` that of the event."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("uq_notices_person_id_event_id", "person_id", "event_id", unique=True),
        Index("ix_notices_person_id_id", "person_id", "id"),
    )
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    group_id: Mapped[int | None] = mapped_column(ForeignKey("notice_groups.id"), index=True)
    kind: Mapped[str] = mapped_column(String(60))
    told_as: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime] = mapped_column(default=now)

    event: Mapped[Event] = relationship(lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class Preference(Base):
    """How a person wants to be told of one kind; without a row the kind's default holds."""

    __tablename__ = "telling_preferences"
    affects_pages: ClassVar[bool] = False

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(30), primary_key=True)
    way: Mapped[str] = mapped_column(String(10))


class DigestItem(Base):
    """An event that a person's digest will tell of, once. `letter_key` names the letter that took it."""

    __tablename__ = "digest_items"
    __table_args__ = (
        Index("uq_digest_items_person_id_event_id", "person_id", "event_id", unique=True),
        Index("ix_digest_items_letter_key_at", "letter_key", "at"),
    )
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    told_as: Mapped[str] = mapped_column(String(30))
    at: Mapped[datetime] = mapped_column(default=now)
    letter_key: Mapped[str | None] = mapped_column(String(120))

    event: Mapped[Event] = relationship(lazy="raise_on_sql")


class Bounce(Base):
    """That a letter could not be delivered for good: each letter counts once."""

    __tablename__ = "bounces"
    __table_args__ = (Index("ix_bounces_person_id_at", "person_id", "at"),)
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    letter_key: Mapped[str] = mapped_column(String(120), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    status: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(default=now)
