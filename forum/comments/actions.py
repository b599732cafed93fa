"""Writing and rewriting a comment: what spans the comment, what it is about, and its history."""

from datetime import timedelta

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from forum.comments import queries
from forum.comments.models import Comment
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Forbidden, Refused
from forum.entries import meeting
from forum.entries.models import Entry, State
from forum.entries.policy import can_comment
from forum.entries.queries import hold
from forum.entries.revisions import revise

SAME_WITHIN = timedelta(minutes=10)
# Mostly there is none: an empty row of all columns costs as much as a full one.
_same_words = (
    select(Comment.id)
    .where(
        Comment.on_id == bindparam("root"),
        Comment.author_id == bindparam("author"),
        Comment.parent_id.is_not_distinct_from(bindparam("parent")),
        Comment.created_at > bindparam("since"),
        or_(Comment.state == State.PUBLISHED, Comment.state == State.WAITING),
        Comment.body == bindparam("body"),
    )
    .limit(1)
)


def post(session: Session, root: Entry, body: str, by: Actor, parent_id: int | None = None) -> Comment:
    """Write a comment on `root`, or an answer there. The same words sent again within ten minutes are the same comment.

    Raises Forbidden; Refused: `comment.silenced`, `comment.locked`, `comment.parent_gone`, `comment.empty`, `comment.too_long`,
    `text.too_*`, and those of `publish`.
    """
    # Whoever posts here at the same moment waits: so that a lock holds from its own commit on, and a double press is seen.
    hold(session, root)
    _check_voice(by)
    if root.locked and root.is_published and not by.moderates(root.region_code):
        raise Refused("comment.locked")
    if root.root_id is not None or not can_comment(by, root):
        raise Forbidden
    again = _sent_before(session, root, body.strip(), by, parent_id)
    if again is not None:
        return again
    comment = Comment.on(root, body, by, _parent(session, by, parent_id))
    comment.publish(by=by)
    return comment


def rewrite(comment: Comment, body: str, by: Actor) -> bool:
    """Change the words and keep the former ones; one that a moderator had returned is handed in again. False: nothing was changed."""
    _check_voice(by)
    root = comment.root
    if root is not None and root.locked and not by.moderates(root.region_code):
        raise Refused("comment.locked", field="body")
    changed = _change(comment, body, by) is not None
    if changed:
        comment.record("comment.edited", by=by)
        comment.recheck(by)
    if comment.state == State.DRAFT:
        comment.publish(by=by)
    return changed


def _check_voice(by: Actor) -> None:
    if by.silenced:
        raise Refused("comment.silenced")


def correct(comment: Comment, body: str, by: Actor, reason: str) -> None:
    """A moderator puts somebody's words right, says why, and the author is told."""
    number = _change(comment, body, by)
    if number is None:
        raise Refused("entry.words_same", field="body")
    comment.corrected(by, reason, number)


def _change(comment: Comment, body: str, by: Actor) -> int | None:
    """Write other words and keep the former ones; the number of the new revision, None where nothing differs."""
    if body.strip() == comment.body:
        return None
    first = revise(comment, by=by)
    if first is not None and first.number == 1:
        first.at, first.author_id = comment.published_at or comment.created_at, comment.author_id
    meeting.replace(comment.session, comment, comment.snapshot(), by)
    comment.write(body)
    comment.touch(words=True)
    made = revise(comment, by=by)
    return made.number if made is not None else None


def _parent(session: Session, by: Actor, parent_id: int | None) -> Comment | None:
    if parent_id is None:
        return None
    parent = session.scalar(queries.by_id(parent_id, by))
    if parent is None:
        raise Refused("comment.parent_gone")
    return parent


def _sent_before(session: Session, root: Entry, body: str, by: Actor, parent_id: int | None) -> Comment | None:
    its = {"root": root.id, "author": by.id, "parent": parent_id, "since": now() - SAME_WITHIN, "body": body}
    found = session.connection().execute(_same_words, its).scalar()
    return session.get(Comment, found) if found is not None else None
