"""The queue of entries whose place in the index may have to change."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import now
from forum.core.model import Base


class QueuedEntry(Base):
    """Written in the transaction of the change itself, deleted when the index has it. No foreign key: the entry may be gone."""

    __tablename__ = "search_queue"
    __table_args__ = {"sqlite_autoincrement": True}  # numbers are never used twice
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int]
    queued_at: Mapped[datetime] = mapped_column(default=now)
