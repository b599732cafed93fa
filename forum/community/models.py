"""The practices of the week: which week each was chosen for, and which were passed over."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import now
from forum.core.model import Base

IN_FORCE = text("passed_at IS NULL")


class WeeklyChoice(Base):
    """That a practice was chosen for a week (its Monday): once ever, even where a moderator passed it over.

    A week has one choice that nobody has passed over.
    """

    __tablename__ = "weekly_choices"
    __table_args__: Any = (Index("uq_weekly_choices_week", "week", unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE),)
    affects_pages: ClassVar[bool] = True

    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"), primary_key=True, autoincrement=False)
    week: Mapped[date]
    chosen_at: Mapped[datetime] = mapped_column(default=now)
    passed_at: Mapped[datetime | None]
