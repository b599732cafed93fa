"""What holds entries back, and what is remembered to find it."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import now
from forum.core.model import Base


class Hold(Base):
    """One reason why an entry waits for a moderator. Means nothing once the entry waits no more."""

    __tablename__ = "holds"
    __table_args__ = (Index("ix_holds_entry_id_kind", "entry_id", "kind"),)
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    kind: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime] = mapped_column(default=now)


class WordRule(Base):
    """Words that an admin does not want to see published unlooked; in every form that search takes for the same."""

    __tablename__ = "word_rules"
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(10))
    changed_at: Mapped[datetime] = mapped_column(default=now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class TextPrint(Base):
    """What a text looked like when it was sent, for a day: enough to know it again, not to read it."""

    __tablename__ = "text_prints"
    __table_args__ = (Index("ix_text_prints_person_id_at", "person_id", "at"), Index("ix_text_prints_newcomer_at", "newcomer", "at"))
    affects_pages: ClassVar[bool] = False

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    newcomer: Mapped[bool]
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    sketch: Mapped[list[Any]] = mapped_column(JSON)


class SeenDomain(Base):
    """A domain that something published has linked to: a newcomer's link there is nothing new."""

    __tablename__ = "seen_domains"
    affects_pages: ClassVar[bool] = False

    domain: Mapped[str] = mapped_column(String(253), primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(default=now)
