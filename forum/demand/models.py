"""Searches that found nothing."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import now
from forum.core.model import Base


class Unmet(Base):
    """A question nobody has answered, by its search terms in alphabetical order (`key`). No row says who asked.

    `times` counts one a day and visitor. `answered_by_id` is the first practice that answered it later.
    """

    __tablename__ = "unmet_searches"
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    text: Mapped[str] = mapped_column(String(120))
    times: Mapped[int] = mapped_column(default=0, index=True)
    first_on: Mapped[date]
    last_on: Mapped[date] = mapped_column(index=True)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"), index=True)
    answered_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str | None] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(default=now)
