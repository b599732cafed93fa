"""What a person keeps for later."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, Session, mapped_column

from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.model import Base
from forum.core.once import insert_once
from forum.entries.models import Entry


class Bookmark(Base):
    """An entry kept by a person; nobody else sees it."""

    __tablename__ = "bookmarks"
    affects_pages: ClassVar[bool] = False

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(default=now)


def toggle(session: Session, entry: Entry, by: Actor) -> bool:
    """Keep the entry, or keep it no longer; whether it is kept now."""
    bookmark = session.get(Bookmark, (by.id, entry.id))
    if bookmark is not None:
        session.delete(bookmark)
        return False
    insert_once(session, Bookmark, person_id=by.id, entry_id=entry.id, at=now())
    return True
