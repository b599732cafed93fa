"""Copies of their data that people asked for, and erasures that are due or done."""

from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import now
from forum.core.model import Base

COPY_KEPT = timedelta(days=7)
TAKEN_FOR = timedelta(minutes=10)  # whoever makes a copy longer without a sign has died
TERM = timedelta(days=14)  # for second thoughts, and for who finds that it was not they who asked


class DataCopy(Base):
    """An archive that the worker makes: asked for, being made (`parts_done` of `parts_all`), ready under `key`, or failed."""

    __tablename__ = "data_copies"
    __table_args__ = (Index("ix_data_copies_done_at_taken_at", "done_at", "taken_at"),)
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    taken_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    failed: Mapped[bool] = mapped_column(default=False)
    parts_done: Mapped[int] = mapped_column(default=0)
    parts_all: Mapped[int] = mapped_column(default=0)
    key: Mapped[str | None] = mapped_column(String(120))
    size: Mapped[int] = mapped_column(default=0)

    @property
    def ready(self) -> bool:
        return self.key is not None

    @property
    def kept_until(self) -> datetime:
        return (self.done_at or self.asked_at) + COPY_KEPT


class Erasure(Base):
    """That an account is to be erased, or was. Nothing in it says who it was."""

    __tablename__ = "erasures"
    affects_pages: ClassVar[bool] = False

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(index=True)
    done_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)  # of an admin who was asked for it in writing
