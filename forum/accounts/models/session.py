"""Sessions in browsers: one row for each time somebody signed in."""

from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models.people import Person
from forum.core.clock import now
from forum.core.model import Base


class BrowserSession(Base):
    """One browser that somebody signed in with. Its cookie holds a random token, the row only the token's hash.

    `device` and `network` are as coarse as recognising one's own sign-ins allows. Ended ones are kept for a while: a device seen
    before is not news.
    """

    __tablename__ = "browser_sessions"
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(60))
    network: Mapped[str] = mapped_column(String(45))
    # False: of a computer that is not one's own. Ends with the browser, and sooner.
    remembered: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now, index=True)
    ends_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise_on_sql")

    def is_open(self, at: datetime, idle: timedelta) -> bool:
        """Whether it still lets its person in, after so long a silence at most."""
        return self.ended_at is None and at < self.ends_at and at < self.seen_at + idle
