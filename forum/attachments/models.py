"""A document or a photo of an entry, and the text found in a document."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.clock import now
from forum.core.model import Base
from forum.entries.models import Entry


class DocumentKind(StrEnum):
    """What a document is to those who take the practice home."""

    ACT = "act"
    TERMS = "terms"
    ESTIMATE = "estimate"
    CONTRACT = "contract"
    REGULATION = "regulation"
    SLIDES = "slides"
    OTHER = "other"


class Licence(StrEnum):
    """What others may do with a document. Not said is not allowed and not forbidden: the law decides."""

    FREE = "free"
    CREDIT = "credit"
    VIEW = "view"


class TextState(StrEnum):
    """What became of reading the text of a document."""

    WAITING = "waiting"
    DONE = "done"
    CUT = "cut"  # so long that only its beginning is searched
    EMPTY = "empty"  # a scan, say
    LOCKED = "locked"
    BROKEN = "broken"
    TOO_MUCH = "too_much"  # time, memory or size ran out


IS_WAITING = text("text_state = 'waiting'")


class Attachment(Base):
    """A file kept under `key` in the store; `alt` is the text alternative of a photo.

    A document has a `kind`, may be good until a day (`valid_until`, that day included) and under a `licence`; `text_state` says what
    became of its text, None where nobody has asked for it.
    """

    __tablename__ = "attachments"
    __table_args__ = (
        Index("ix_attachments_entry_id_position", "entry_id", "position"),
        Index("ix_attachments_waiting", "id", sqlite_where=IS_WAITING, postgresql_where=IS_WAITING),
    )

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
    kind: Mapped[str] = mapped_column(String(20), default=DocumentKind.OTHER, server_default="other")
    valid_until: Mapped[date | None]
    licence: Mapped[str | None] = mapped_column(String(20))
    text_state: Mapped[str | None] = mapped_column(String(20))
    text_tries: Mapped[int] = mapped_column(default=0, server_default="0")

    entry: Mapped[Entry] = relationship(lazy="raise_on_sql")

    def is_expired(self, today: date) -> bool:
        """Whether the day until which it was good is over."""
        return self.valid_until is not None and self.valid_until < today

    def described(self) -> dict[str, str | None]:
        """What is said of a document, for histories, files and programs."""
        until = self.valid_until.isoformat() if self.valid_until else None
        return {"name": self.name, "kind": self.kind, "valid_until": until, "licence": self.licence}


class AttachmentText(Base):
    """The words of a document, as far as they are searched; goes with it."""

    __tablename__ = "attachment_texts"
    affects_pages: ClassVar[bool] = False

    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachments.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Text)
