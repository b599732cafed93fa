"""Two people write over the same words: what both began from, and what each changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, aliased, joinedload

from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.difference import Piece, by_word
from forum.entries.models import Entry, ReplacedWords

KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both changed: what it said before, and what each made of it, as pieces that stayed, came or went."""

    name: str
    label: str
    base: str
    theirs: list[Piece]
    mine: list[Piece]


@dataclass(frozen=True, slots=True)
class Merge:
    """Two changes of the same words, field by field: `taken` only they changed, `clashes` both changed, and differently.

    `whole` has mine everywhere but in `taken`.
    """

    base: Mapping[str, Any]
    theirs: Mapping[str, Any]
    mine: Mapping[str, Any]
    taken: list[str]
    clashes: list[str]

    @property
    def whole(self) -> dict[str, Any]:
        return {**self.mine, **{name: self.theirs.get(name) for name in self.taken}}

    def clash(self, name: str, label: str, in_words: Callable[[str, Any], str]) -> Clash:
        """One of the clashes, side by side; `in_words` says a value of a field to people."""
        base, theirs, mine = (in_words(name, side.get(name)) for side in (self.base, self.theirs, self.mine))
        return Clash(name, label, base, by_word(base, theirs), by_word(base, mine))


def merge(base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Merge:
    """Three-way, a field at a time; a field that `mine` does not name is not mine to change."""
    names = [name for name in mine if name in theirs and not _same(theirs[name], mine[name])]
    taken = [name for name in names if _same(mine[name], base.get(name))]
    clashes = [name for name in names if name not in taken and not _same(theirs[name], base.get(name))]
    return Merge(base, theirs, mine, taken, clashes)


def _same(one: Any, other: Any) -> bool:
    """Whether two values of a field say the same; nothing is nothing, however it is written."""
    return (None if one in ("", []) else one) == (None if other in ("", []) else other)


def replace(session: Session, entry: Entry, before: Mapping[str, Any], by: Actor) -> None:
    """Keep the words that are about to give way to others; call it before `touch`."""
    session.merge(ReplacedWords(entry_id=entry.id, version=entry.version, by_id=by.id or entry.author_id, snapshot=dict(before)))


def words_at(session: Session, entry: Entry, version: int) -> ReplacedWords | None:
    """The words of the entry at a version, with who replaced them first; None where they still stand."""
    query = select(ReplacedWords).where(ReplacedWords.entry_id == entry.id, ReplacedWords.version >= version)
    return session.scalar(query.options(joinedload(ReplacedWords.by)).order_by(ReplacedWords.version).limit(1))


def last_writer(session: Session, entry: Entry) -> ReplacedWords | None:
    """Who wrote over the entry's words last."""
    query = select(ReplacedWords).where(ReplacedWords.entry_id == entry.id).options(joinedload(ReplacedWords.by))
    return session.scalar(query.order_by(ReplacedWords.version.desc()).limit(1))


def purge(session: Session) -> None:
    """Forget words that nobody can still be writing over; the last of each entry stay, and say that there were others."""
    later = aliased(ReplacedWords)
    followed = select(1).where(later.entry_id == ReplacedWords.entry_id, later.version > ReplacedWords.version).exists()
    session.execute(delete(ReplacedWords).where(ReplacedWords.at < now() - KEPT, followed))
