"""What a person keeps for later."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import now
from forum.core.model import Base


class Bookmark(Base):
    """An entry kept by a person; nobody else sees it."""

    __tablename__ = "bookmarks"
    affects_pages: ClassVar[bool] = False

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(default=now)
