"""Who is told of a new comment: whose entry it is on, and whose comment it answers."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.comments.models import Comment
from forum.core.events import Event, on
from forum.notifications.telling import may_see, receiver, tell


@on("comment.published")
def tell_answered(session: Session, event: Event) -> None:
    """Each once, the first time the comment appears; never its author, nor the moderator who let it through."""
    comment = _comment(session, event)
    if comment is None or not comment.is_published or not event.data.get("first", True):
        return
    told = {comment.root.author_id: "comment"} if comment.root else {}
    if comment.parent is not None:
        told[comment.parent.author_id] = "reply"
    for person_id, kind in sorted(told.items()):
        if person_id in (comment.author_id, event.actor_id):
            continue
        person = receiver(session, person_id)
        if person is not None and may_see(session, person, comment.id):
            tell(session, person, event, kind)


def _comment(session: Session, event: Event) -> Comment | None:
    loads = (joinedload(Comment.root), joinedload(Comment.parent))
    return session.scalar(select(Comment).where(Comment.id == event.entry_id).options(*loads))
