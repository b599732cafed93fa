"""A comment goes to another discussion with all that answers it, and can come back."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from forum.entries.models import Entry, State
from forum.entries.queries import hold
from forum.search.queue import enqueue

if TYPE_CHECKING:
    from forum.comments.models import Comment

_published = select(func.count(), func.max(Entry.published_at)).where(
    Entry.root_id == bindparam("root"), Entry.state == State.PUBLISHED
)  # fmt: skip
LARGEST = 2000  # answers that go along; a larger discussion is merged with its practice


def branch(session: Session, comment: "Comment") -> list[int]:
    """The ids of a comment and of all that answers it, answers to answers included."""
    table = type(comment).__table__
    if comment.thread_id is None:
        return [comment.id, *session.scalars(select(table.c.id).where(table.c.thread_id == comment.id).order_by(table.c.id))]
    rows = session.execute(select(table.c.id, table.c.parent_id).where(table.c.thread_id == comment.thread_id).order_by(table.c.id))
    found = {comment.id}
    for id, parent_id in rows:  # an answer is always younger than what it answers
        if parent_id in found:
            found.add(id)
    return sorted(found)


def place(session: Session, comment: "Comment", ids: list[int], root: Entry, thread_id: int | None, parent_id: int | None) -> None:
    """Put a comment, whose branch `ids` is, under `root`: as an answer there, or with no thread at its top level."""
    table: Any = type(comment).__table__
    entries: Any = Entry.__table__
    others = [id for id in ids if id != comment.id]
    left = comment.on_id
    session.flush()
    session.execute(update(table).where(table.c.id.in_(others)).values(on_id=root.id, thread_id=thread_id or comment.id))
    session.execute(update(entries).where(entries.c.id.in_(ids)).values(root_id=root.id, region_code=root.region_code))
    comment.on_id, comment.thread_id, comment.parent_id = root.id, thread_id, parent_id
    comment.root_id, comment.region_code = root.id, root.region_code
    session.flush()
    enqueue(session, [*others, left, root.id])
    for id in sorted({left, root.id}):
        recount(session, session.get_one(Entry, id))


def recount(session: Session, root: Entry) -> None:
    """Count what guests can read under an entry; under its lock, so that two at once don't lose each other.

    The root is indexed with a comment that comes or goes; whoever moves comments otherwise has it indexed.
    """
    session.flush()
    hold(session, root)
    number, last = session.connection().execute(_published, {"root": root.id}).one()
    root.discussed(number, last)


def move_all(session: Session, table: Any, source: Entry, target: Entry, ids: list[int] | None = None) -> list[int]:
    """Move a whole discussion, or of it the threads whose comments `ids` are with what was answered there since; the ids moved."""
    entries: Any = Entry.__table__
    query = select(table.c.id).where(table.c.on_id == source.id)
    if ids is not None:
        query = query.where(or_(table.c.id.in_(ids), table.c.thread_id.in_(ids)))
    moved = list(session.scalars(query.order_by(table.c.id)))
    session.execute(update(table).where(table.c.id.in_(moved)).values(on_id=target.id))
    session.execute(update(entries).where(entries.c.id.in_(moved)).values(root_id=target.id, region_code=target.region_code))
    enqueue(session, [*moved, source.id, target.id])
    for root in sorted((source, target), key=lambda entry: entry.id):
        recount(session, root)
    return moved
