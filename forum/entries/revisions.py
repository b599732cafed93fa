"""Keeping what an entry said."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from forum.core.actor import Actor
from forum.entries.models import Entry, Revision


def revise(entry: Entry, by: Actor, comment: str = "", *, words_only: bool = False) -> Revision | None:
    """Keep the present words, and what stands `beside` them, as a new revision; None where they are the same as the last kept ones.

    `words_only`: also where only what stands beside them is new: whoever changed that comes after.
    """
    session = entry.session
    session.flush()
    last = session.scalar(select(Revision).where(Revision.entry_id == entry.id).order_by(Revision.number.desc()).limit(1))
    words, beside = entry.snapshot(), entry.beside()
    if last is not None and _says(last.snapshot, words, {} if words_only else beside):
        return None
    number = last.number + 1 if last else 1
    snapshot = {**words, **beside}
    revision = Revision(entry_id=entry.id, number=number, author_id=by.id or entry.author_id, comment=comment[:200], snapshot=snapshot)
    session.add(revision)
    session.flush()
    return revision


def _says(kept: Mapping[str, Any], words: Mapping[str, Any], beside: Mapping[str, Any]) -> bool:
    """Whether a revision says the same. Old ones tell nothing of what stands beside."""
    same = {name: value for name, value in kept.items() if name in words} == words
    return same and all(kept.get(name, value) == value for name, value in beside.items())


def of_entry(entry_id: int) -> Select[Revision]:
    """All revisions of an entry, newest first, with their authors."""
    return select(Revision).where(Revision.entry_id == entry_id).options(joinedload(Revision.author)).order_by(Revision.number.desc())
