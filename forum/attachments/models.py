"""A document or a photo of an entry."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.clock import now
from forum.core.model import Base
from forum.entries.models import Entry


class Attachment(Base):
    """A file kept under `key` in the store; `alt` is the text alternative of a photo."""

    __tablename__ = "attachments"
    __table_args__ = (Index("ix_attachments_entry_id_position", "entry_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    is_photo: Mapped[bool]
    key: Mapped[str] = mapped_column(String(120))
    thumb_key: Mapped[str | None] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    alt: Mapped[str] = mapped_column(String(300), default="")
    position: Mapped[int] = mapped_column(default=0)
    uploaded_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(default=now)

    entry: Mapped[Entry] = relationship(lazy="raise_on_sql")
