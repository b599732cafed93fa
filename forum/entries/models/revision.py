"""What an entry said before, and what somebody is about to say."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.accounts.models import Person
from forum.core.clock import now
from forum.core.model import Base


class Revision(Base):
    """The words of an entry after one edit; numbers count from 1 within the entry."""

    __tablename__ = "revisions"
    __table_args__ = (Index("uq_revisions_entry_id_number", "entry_id", "number", unique=True),)
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    number: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    comment: Mapped[str] = mapped_column(String(200), default="")
    snapshot: Mapped[dict[str, Any]]

    author: Mapped[Person] = relationship(lazy="raise_on_sql")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page knows of the working copy: its own name, and the stamp of the text that it shows or sent last."""

    tab: str = ""
    stamp: str = ""


class WorkingCopy(Base):
    """A form as it was last typed, valid or not: kept until it is saved for real or thrown away.

    `tab` names the page it was typed in, where that page has a script.
    """

    __tablename__ = "working_copies"
    affects_pages: ClassVar[bool] = False

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    fields: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime] = mapped_column(default=now)
    tab: Mapped[str] = mapped_column(String(40), default="", server_default="")

    @property
    def stamp(self) -> str:
        """Tells this text from every other that was kept here."""
        return f"{self.saved_at:%Y%m%d%H%M%S%f}"

    def is_news_to(self, seen: "Seen") -> bool:
        """Whether a page that asks to be kept has never shown this text."""
        return self.stamp != seen.stamp and not (self.tab and self.tab == seen.tab)


class DraftVersion(Base):
    """A form as somebody had typed it by `at`; `begun_at` is when this version came to stand beside the one before."""

    __tablename__ = "draft_versions"
    __table_args__ = (Index("ix_draft_versions_entry_id_person_id_id", "entry_id", "person_id", "id"),)
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    begun_at: Mapped[datetime] = mapped_column(default=now)
    at: Mapped[datetime] = mapped_column(default=now)
    fields: Mapped[dict[str, Any]]


class ReplacedWords(Base):
    """What an entry said up to a version of it, until `by` wrote over it: where two editors began from. Kept for some weeks."""

    __tablename__ = "replaced_words"
    affects_pages: ClassVar[bool] = False

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(default=now, index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    snapshot: Mapped[dict[str, Any]]

    by: Mapped[Person] = relationship(lazy="raise_on_sql")
