"""The queue of documents whose place in the index may have to change, and the words that mean the same."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import now
from forum.core.model import Base


class Queued(Base):
    """Written in the transaction of the change itself, deleted when the index has it.

    `document_id` as in `port.Document`. No foreign key: what it names may be gone.
    """

    __tablename__ = "search_queue"
    __table_args__ = {"sqlite_autoincrement": True}  # numbers are never used twice
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int]
    queued_at: Mapped[datetime] = mapped_column(default=now)


class SynonymGroup(Base):
    """Words and phrases that mean the same, parted by commas: «МКД, многоквартирный дом». Applied to questions, not to the index."""

    __tablename__ = "synonym_groups"
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
