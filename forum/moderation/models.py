"""Reports of readers and sanctions of moderators."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Person
from forum.core.clock import now
from forum.core.model import Base
from forum.entries.models import Entry


class ReportReason(StrEnum):
    """Why a reader reports an entry."""

    SPAM = "spam"
    ABUSE = "abuse"
    FALSE = "false"
    PERSONAL_DATA = "personal_data"
    OFF_TOPIC = "off_topic"
    OTHER = "other"


class Report(Base):
    """What a reader holds against an entry; open until a moderator decides."""

    __tablename__ = "reports"
    __table_args__ = (
        Index("ix_reports_resolved_at_at", "resolved_at", "at"),
        Index("ix_reports_entry_id_reporter_id", "entry_id", "reporter_id"),
        Index("ix_reports_reporter_id_outcome", "reporter_id", "outcome"),
    )
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    reporter_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(default=now)
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    outcome: Mapped[str | None] = mapped_column(String(20))  # upheld, declined

    entry: Mapped[Entry] = relationship(lazy="raise_on_sql")
    reporter: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[reporter_id])


class Claim(Base):
    """That a moderator has taken an entry to decide on; over at `until`, then anybody may take it."""

    __tablename__ = "claims"
    affects_pages: ClassVar[bool] = False

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    until: Mapped[datetime]

    person: Mapped[Person] = relationship(lazy="raise_on_sql")
