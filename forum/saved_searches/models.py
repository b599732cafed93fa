"""A search a person keeps."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import now
from forum.core.model import Base


class SavedSearch(Base):
    """The words and filters of a search; `mail`: tell by letter too, not only on the site.

    `key` is what makes two searches the same (words as they are compared, filters in order): a person keeps each once.
    """

    __tablename__ = "saved_searches"
    __table_args__ = (Index("uq_saved_searches_person_id_key", "person_id", "key", unique=True),)
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    key: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(String(400), default="")
    filters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    mail: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)
