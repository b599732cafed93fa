"""What hangs on a request: offers, and the people who have a matching practice."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.comments.models import Comment
from forum.core.clock import now
from forum.core.model import Base

UNTOLD = text("told_at IS NULL")


class Offer(Base):
    """That a practice was offered to a request. Its words are a comment: it is read, reported, hidden and taken back as such."""

    __tablename__ = "solution_offers"
    __table_args__ = (Index("ix_solution_offers_practice_id", "practice_id"),)

    request_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, autoincrement=False)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"), primary_key=True, autoincrement=False)
    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id"), unique=True)
    at: Mapped[datetime] = mapped_column(default=now)
    thanked_at: Mapped[datetime | None]
    helped_at: Mapped[datetime | None]

    comment: Mapped[Comment] = relationship(lazy="raise_on_sql", foreign_keys=[comment_id])


class RequestMatch(Base):
    """That a person has written a practice that may answer a request; `told_at` once they have heard of it."""

    __tablename__ = "request_matches"
    __table_args__ = (Index("ix_request_matches_untold", "person_id", sqlite_where=UNTOLD, postgresql_where=UNTOLD),)
    affects_pages: ClassVar[bool] = False

    request_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    told_at: Mapped[datetime | None]


class RequestWeek(Base):
    """That a person has heard of matching requests in a week (ISO, as `2026-W48`): once, however many there are."""

    __tablename__ = "request_weeks"
    affects_pages: ClassVar[bool] = False

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    week: Mapped[str] = mapped_column(String(8), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
