"""E-mails on their way: queued in the transaction that causes them, rendered and sent by the worker."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from forum.core.clock import now
from forum.core.model import Base
from forum.core.once import insert_once


class Letter(Base):
    """One e-mail: a template of `templates/emails/` with its parameters. `key` makes it one however often it is asked for.

    Parameters may hold secrets (a reset link): they are wiped when it is sent. `due_at` None: given up.
    """

    __tablename__ = "letters"
    __table_args__ = (Index("ix_letters_sent_at_due_at", "sent_at", "due_at"),)
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(120), unique=True)
    to: Mapped[str] = mapped_column(String(254))
    lang: Mapped[str] = mapped_column(String(2), default="ru")
    template: Mapped[str] = mapped_column(String(60))
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime | None] = mapped_column(default=now)
    sent_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column(Text)


def write_letter(session: Session, key: str, to: str, template: str, lang: str = "ru", **params: Any) -> bool:
    """Queue a letter; False where one of that key exists already."""
    at = now()
    return insert_once(session, Letter, key=key, to=to, lang=lang, template=template, params=params, created_at=at, due_at=at, tries=0)
