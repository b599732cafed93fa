"""Counts that guard: how often something was tried lately. Kept in the database, so that all processes share them."""

from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import Index, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from forum.core.clock import now
from forum.core.model import Base


class Attempt(Base):
    """One try, by a key such as `signin:address:10.0.0.1`."""

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_key_at", "key", "at"),)
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(index=True)


def wait_needed(session: Session, key: str, limit: int, period: timedelta) -> timedelta | None:
    """How long to wait before the next try, or None when one is allowed now."""
    since = now() - period
    count, oldest = session.execute(select(func.count(), func.min(Attempt.at)).where(Attempt.key == key, Attempt.at > since)).one()
    return (oldest + period) - now() if count >= limit else None


def note(session: Session, key: str) -> Attempt:
    """Count one try; deleting what is returned takes it back."""
    attempt = Attempt(key=key, at=now())
    session.add(attempt)
    return attempt


def forget(session: Session, key: str) -> None:
    """Start counting anew: after a success."""
    session.execute(delete(Attempt).where(Attempt.key == key))


def purge(session: Session, older_than: timedelta = timedelta(days=1)) -> None:
    """Drop what no limit looks at any more."""
    session.execute(delete(Attempt).where(Attempt.at < now() - older_than))
