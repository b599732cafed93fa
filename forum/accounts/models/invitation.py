"""Invitations of colleagues."""

from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import now
from forum.core.model import Base

LASTS = timedelta(days=14)


class Invitation(Base):
    """One letter that asks somebody to join."""

    __tablename__ = "invitations"
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    inviter_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    email: Mapped[str] = mapped_column(String(254), index=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    @property
    def ends_at(self) -> datetime:
        return self.made_at + LASTS

    def is_open(self, at: datetime) -> bool:
        """Whether its link still works."""
        return self.accepted_at is None and self.revoked_at is None and at < self.ends_at
