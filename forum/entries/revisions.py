"""Keeping what an entry said."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from forum.core.actor import Actor
from forum.entries.models import Entry, Revision


def revise(entry: Entry, by: Actor, comment: str = "") -> Revision | None:
    """Keep the present words as a new revision; None where they are the same as the last kept ones."""
    session = entry.session
    session.flush()
    last = session.scalar(select(Revision).where(Revision.entry_id == entry.id).order_by(Revision.number.desc()).limit(1))
    snapshot = entry.snapshot()
    if last is not None and last.snapshot == snapshot:
        return None
    number = last.number + 1 if last else 1
    revision = Revision(entry_id=entry.id, number=number, author_id=by.id or entry.author_id, comment=comment[:200], snapshot=snapshot)
    session.add(revision)
    session.flush()
    return revision


def of_entry(entry_id: int) -> Select[Revision]:
    """All revisions of an entry, newest first, with their authors."""
    return select(Revision).where(Revision.entry_id == entry_id).options(joinedload(Revision.author)).order_by(Revision.number.desc())
