"""What a person keeps."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import Session

from forum.bookmarks.models import Bookmark
from forum.core.actor import Actor
from forum.entries.models import Entry, State
from forum.entries.policy import visible_to


def kept(session: Session, actor: Actor, ids: Iterable[int]) -> set[int]:
    """Those of the entries that the actor keeps; no query for guests or for nothing."""
    wanted = list(ids)
    if actor.is_guest or not wanted:
        return set()
    return set(session.scalars(select(Bookmark.entry_id).where(Bookmark.person_id == actor.id, Bookmark.entry_id.in_(wanted))))


def is_kept(person_id: int | None, entry_id: int) -> ColumnElement[bool]:
    """Whether a person keeps an entry: a column of a question that asks other things too."""
    return exists().where(Bookmark.person_id == person_id, Bookmark.entry_id == entry_id)


def newest(actor: Actor) -> Select[Bookmark]:
    """Bookmarks of the actor whose entries they may still read, the last made first."""
    return (
        select(Bookmark)
        .join(Entry, Entry.id == Bookmark.entry_id)
        .where(Bookmark.person_id == actor.id, visible_to(actor), Entry.state != State.WITHDRAWN)
        .order_by(Bookmark.at.desc(), Bookmark.entry_id.desc())
    )
