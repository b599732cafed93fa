"""Moderators put somebody's words right, where an entry has several texts: kinds above register theirs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from forum.core.actor import Actor
from forum.core.errors import Refused
from forum.entries import meeting
from forum.entries.models import Entry
from forum.entries.revisions import revise


@dataclass(frozen=True, slots=True)
class Part:
    """A text that can be changed: `longest` in characters where it is a line, `on` the day of one among several such."""

    name: str
    text: str
    longest: int | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Rewording:
    """The texts of an entry, as they stand, and how one of them is written; that raises Refused without a field where it can't be taken."""

    parts: Callable[[Entry], Sequence[Part]]
    write: Callable[[Entry, str, str], None]


REWORDING: dict[str, Rewording] = {}


def correct(session: Session, entry: Entry, words: Mapping[str, str], by: Actor, reason: str) -> None:
    """Write what differs of `words` (texts by name), say why, and have the author told; the former words stay in the history."""
    kind = REWORDING[entry.kind]
    parts = kind.parts(entry)
    changed = {part.name: words[part.name] for part in parts if part.name in words and words[part.name].strip() != part.text.strip()}
    if not changed:
        raise Refused("entry.words_same", field=parts[0].name if parts else None)
    before = {**entry.snapshot(), **entry.beside()}
    revise(entry, by=Actor(id=entry.author_id))
    for name, text in changed.items():
        try:
            kind.write(entry, name, text.strip())
        except Refused as refusal:
            raise Refused(refusal.code, field=name, **refusal.params) from refusal
    meeting.replace(session, entry, before, by)
    entry.touch(words=True)
    made = revise(entry, by)
    entry.corrected(by, reason, made.number if made is not None else None)
