"""What hangs on an adoption: the people of the town who keep it, the notes of its timeline, the reminders sent."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Person
from forum.core.clock import now
from forum.core.model import Base
from forum.core.text import RENDERER_VERSION


class What(StrEnum):
    """What a note of the timeline is."""

    STAGE = "stage"  # a step to another stage
    NOTE = "note"  # how it goes
    QUESTION = "question"  # the result was given back with a question
    ANSWER = "answer"  # the town has answered it: the result waits to be confirmed again
    CONFIRMED = "confirmed"


class AdoptionPerson(Base):
    """Who keeps an adoption: the one who opened it, and colleagues of the same town who joined."""

    __tablename__ = "adoption_people"
    __table_args__ = (Index("ix_adoption_people_person_id_adoption_id", "person_id", "adoption_id"),)

    adoption_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(default=now)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class AdoptionNote(Base):
    """A line of the timeline: `stage` is the one reached or stood in, `happened_on` the day it is about, `photos` ids of attachments."""

    __tablename__ = "adoption_notes"
    __table_args__ = (Index("ix_adoption_notes_adoption_id_id", "adoption_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    adoption_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    what: Mapped[str] = mapped_column(String(20))
    stage: Mapped[str] = mapped_column(String(20))
    happened_on: Mapped[date]
    at: Mapped[datetime] = mapped_column(default=now)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    body: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    html_version: Mapped[int] = mapped_column(default=RENDERER_VERSION)
    photos: Mapped[list[Any]] = mapped_column(JSON, default=list)

    author: Mapped[Person] = relationship(lazy="raise_on_sql")

    @property
    def is_keepers(self) -> bool:
        """Whether it tells what the town did: a question and a confirmation are said by others."""
        return self.what not in (What.QUESTION, What.CONFIRMED)


class AdoptionReminder(Base):
    """That the keepers of an adoption were reminded of a silence: once for each day that it fell due."""

    __tablename__ = "adoption_reminders"
    affects_pages: ClassVar[bool] = False

    adoption_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, autoincrement=False)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
