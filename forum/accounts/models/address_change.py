"""A person's way from one e-mail address to another."""

from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import now
from forum.core.model import Base

CONFIRM_WITHIN = timedelta(hours=1)
# Whoever reads the old address may be away for a weekend.
REFUSE_WITHIN = timedelta(days=3)


class AddressChange(Base):
    """Asked with the password, confirmed by who reads the new address, refused by who reads the old one."""

    __tablename__ = "address_changes"
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    old_email: Mapped[str] = mapped_column(String(254))
    new_email: Mapped[str] = mapped_column(String(254))
    asked_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]

    def may_be_confirmed(self, at: datetime) -> bool:
        """Once, within an hour."""
        return self.confirmed_at is None and self.refused_at is None and at < self.asked_at + CONFIRM_WITHIN

    def may_be_refused(self, at: datetime) -> bool:
        """Once, for three days, whether or not it was confirmed meanwhile."""
        return self.refused_at is None and at < self.asked_at + REFUSE_WITHIN
