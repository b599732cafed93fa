"""The second factor: a secret shared with an app that shows codes, and the codes for the day the phone is lost."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import now
from forum.core.model import Base


class SecondFactor(Base):
    """A person's secret (RFC 6238), encrypted under a key made from the site's. `last_step`: no code of it or before is taken again."""

    __tablename__ = "second_factors"
    affects_pages: ClassVar[bool] = False

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, autoincrement=False)
    secret: Mapped[str] = mapped_column(Text)
    last_step: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(default=now)


class RecoveryCode(Base):
    """A code that stands in for the app once; kept as a slow hash, as passwords are."""

    __tablename__ = "recovery_codes"
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    hash: Mapped[str] = mapped_column(String(255))
    used_at: Mapped[datetime | None]
