"""A search a person keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from forum.accounts.models import Person
from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.model import Base
from forum.core.once import insert_once
from forum.core.text import fit
from forum.search import fields
from forum.search.matching import Question, key_of
from forum.search.query import parse, without_fields

QUOTA = 50  # searches of one person
LONGEST = 400  # characters of the words


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
    text: Mapped[str] = mapped_column(String(LONGEST), default="")
    filters: Mapped[dict[str, Any]] = mapped_column(default=dict)
    mail: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What can be kept: words without the filters typed among them, and all filters by their values."""

    text: str
    filters: dict[str, list[str]]

    @property
    def key(self) -> str:
        return key_of(self.text, self.filters)


def wanted(session: Session, text: str, chosen: Mapping[str, Sequence[str]], meant: fields.Meant | None = None) -> Wanted:
    """What a search asks for, ready to be kept. `meant`: the filters typed in the text, where they have been looked up already.

    Raises Refused: `saved_search.unknown` (value), `saved_search.kind`, `saved_search.empty`, `saved_search.too_long` (limit).
    """
    typed = parse(text).fields
    resolved = fields.together(fields.each(session, typed) if meant is None else meant)
    for value in fields.unknown(resolved, typed):
        raise Refused("saved_search.unknown", value=value)
    both = {name: [*chosen.get(name, ()), *resolved.get(name, ())] for name in {**chosen, **resolved}}
    filters = {name: list(dict.fromkeys(map(fit, values))) for name, values in sorted(both.items()) if values}
    if "practice" not in filters.get("kind", ["practice"]):
        raise Refused("saved_search.kind")
    found = Wanted(without_fields(text), filters)
    if len(found.text) > LONGEST:
        raise Refused("saved_search.too_long", limit=LONGEST)
    if not Question(found.text, found.filters).asks:
        raise Refused("saved_search.empty")
    return found


def save(session: Session, person_id: int, what: Wanted, mail: bool) -> None:
    """Keep a search; the same one again changes nothing, but for letters that were not asked for before.

    Raises Refused: `saved_search.quota` (limit).
    """
    # Under a lock, so that two at once are counted.
    session.execute(select(Person.id).where(Person.id == person_id).with_for_update())
    again = session.scalar(select(SavedSearch).where(SavedSearch.person_id == person_id, SavedSearch.key == what.key))
    if again is not None:
        again.mail = again.mail or mail
        return
    if (session.scalar(select(func.count()).where(SavedSearch.person_id == person_id)) or 0) >= QUOTA:
        raise Refused("saved_search.quota", limit=QUOTA)
    insert_once(session, SavedSearch, person_id=person_id, key=what.key, text=what.text, filters=what.filters, mail=mail, created_at=now())
