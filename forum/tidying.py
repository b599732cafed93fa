"""What the worker puts in order once an hour: keys of forms, words two editors began from, and what was deleted a month ago."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from forum.adoptions.models import Adoption
from forum.attachments.models import Attachment
from forum.comments.models import Comment
from forum.core import once
from forum.core.files import FileStore
from forum.entries import deletion, meeting
from forum.entries.models import Entry
from forum.practices import saving
from forum.practices.models import Practice
from forum.solution_requests.models import SolutionRequest

EMPTY: dict[str, Any] = {
    **dict.fromkeys((*Practice.PLAIN, *Practice.MARKDOWN)),
    **{name: [] for name in (*Practice.ROWS, "tags")},
    "costs": dict.fromkeys(Practice.COSTS),
    "donor_id": None,
    "valid_on": None,
}


def tidy(session: Session, store: FileStore) -> int:
    """Do it, committing; how many deleted entries are gone for good."""
    once.purge(session)
    meeting.purge(session)
    session.commit()
    count = 0
    while due := deletion.due(session, WIPE):
        keys: list[str] = []
        for kind, wipe in WIPE.items():
            found = wipe(session, [number for number, own in due if own == kind])
            keys += _take_files(session, found)
            deletion.bury(session, found)
        session.commit()
        # After the commit: a file that is lost before it would be missed if the transaction failed.
        for key in _unused(session, keys):
            store.delete(key)
        count += len(due)
    session.rollback()
    return count


def _practices(session: Session, ids: Sequence[int]) -> Sequence[Entry]:
    found = session.scalars(select(Practice).where(Practice.id.in_(ids)).options(selectinload(Practice.tags))).all()
    for practice in found:
        saving.fill(session, practice, EMPTY)
        practice.external_id = practice.note = None
    return found


def _comments(session: Session, ids: Sequence[int]) -> Sequence[Entry]:
    found = session.scalars(select(Comment).where(Comment.id.in_(ids))).all()
    for comment in found:
        comment.body = comment.html = ""
        comment.note = None
    return found


def _adoptions(session: Session, ids: Sequence[int]) -> Sequence[Entry]:
    found = session.scalars(select(Adoption).where(Adoption.id.in_(ids))).all()
    for adoption in found:
        adoption.forget()
    return found


def _requests(session: Session, ids: Sequence[int]) -> Sequence[Entry]:
    query = select(SolutionRequest).where(SolutionRequest.id.in_(ids)).options(selectinload(SolutionRequest.tags))
    found = session.scalars(query).all()
    for request in found:
        request.forget()
    return found


WIPE: dict[str, Callable[[Session, Sequence[int]], Sequence[Entry]]] = {
    "practice": _practices,
    "comment": _comments,
    "adoption": _adoptions,
    "request": _requests,
}


def _take_files(session: Session, entries: Sequence[Entry]) -> list[str]:
    """Drop the rows of their files; the keys those had."""
    files = session.scalars(select(Attachment).where(Attachment.entry_id.in_([entry.id for entry in entries]))).all()
    for file in files:
        session.delete(file)
    return [key for file in files for key in (file.key, file.thumb_key) if key]


def _unused(session: Session, keys: Sequence[str]) -> set[str]:
    """Those that no row names: equal files share one."""
    named = select(Attachment.key, Attachment.thumb_key).where(Attachment.key.in_(keys) | Attachment.thumb_key.in_(keys))
    return set(keys) - {key for row in session.execute(named) for key in row}
