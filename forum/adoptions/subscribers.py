"""What follows from a practice's and an adoption's events, and who is told of them."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import Person
from forum.adoptions import following, queries
from forum.adoptions.models import Adoption, Stage
from forum.comments.models import Comment
from forum.core.actor import Actor
from forum.core.events import Event, on
from forum.entries.revisions import revise
from forum.follows.models import Follow
from forum.notifications.telling import may_see, receiver, tell
from forum.practices.models import Practice

MOST_FOLLOWERS = 1000  # told of one step: the others see it on the page


@on("practice.edited", "moderation.moved", "moderation.undone")
def rename(session: Session, event: Event) -> None:
    """Another title or nomination of the practice stands on its adoptions too."""
    practice = session.get(Practice, event.entry_id)
    if practice is not None:
        following.follow(practice)


@on("adoption.published")
def begin_history(session: Session, event: Event) -> None:
    """The words as they appeared; repeating changes nothing."""
    adoption = session.get(Adoption, event.entry_id)
    if adoption is not None and adoption.is_published:
        revise(adoption, by=Actor(id=adoption.author_id))


@on("adoption.published", "adoption.advanced", "adoption.answered")
def tell_author(session: Session, event: Event) -> None:
    """The practice's author and whoever leads it: of an interest, a result, a refusal, the answer to a question. Then its followers, of
    all but the answer."""
    adoption = _public(session, event)
    if adoption is None or not _matters(event):
        return
    practice = adoption.practice
    ours = list(filter(None, dict.fromkeys([practice.author_id, practice.keeper_id])))
    _tell(session, ours, event, "adopted", but={event.actor_id, adoption.author_id})
    if event.kind == "adoption.answered":
        return
    p = Follow.person_id
    query = select(p).where(Follow.entry_id == adoption.practice_id).order_by(p).limit(MOST_FOLLOWERS)
    but = {*ours, event.actor_id, *queries.keepers_of(session, adoption.id)}
    _tell(session, session.scalars(query).all(), event, "followed_adoption", but=but)


def _matters(event: Event) -> bool:
    if event.kind == "adoption.published":
        return bool(event.data.get("first", True))
    return event.kind == "adoption.answered" or event.data.get("stage") in (Stage.RESULT, Stage.REFUSED)


@on("adoption.confirmed", "adoption.questioned", "adoption.joined", "adoption.reminded")
def tell_keepers(session: Session, event: Event) -> None:
    """Those who keep the record; never who did it."""
    adoption = session.get(Adoption, event.entry_id)
    if adoption is not None:
        kind = "adoption_reminder" if event.kind == "adoption.reminded" else "adoption"
        _tell(session, queries.keepers_of(session, adoption.id), event, kind, but={event.actor_id})


@on("comment.published")
def tell_colleagues(session: Session, event: Event) -> None:
    """Of a comment on an adoption: those who keep it beside its author, who hears of it by himself."""
    comment = session.scalar(select(Comment).where(Comment.id == event.entry_id).options(joinedload(Comment.root)))
    if comment is None or not comment.is_published or not event.data.get("first", True) or not isinstance(comment.root, Adoption):
        return
    following = session.scalars(select(Follow.person_id).where(Follow.entry_id == comment.root.id))  # they hear of it for that
    but = {comment.author_id, event.actor_id, *comment.answers(), *following}
    _tell(session, queries.keepers_of(session, comment.root.id), event, "comment", but=but)


def _public(session: Session, event: Event) -> Adoption | None:
    query = select(Adoption).where(Adoption.id == event.entry_id).options(joinedload(Adoption.practice))
    found = session.scalar(query)
    return found if found is not None and found.listed_at is not None else None


def _tell(session: Session, ids: Iterable[int], event: Event, kind: str, but: set[int | None]) -> None:
    for id in ids:
        person: Person | None = receiver(session, id) if id not in but else None
        if person is not None and may_see(session, person, event.entry_id or 0):
            tell(session, person, event, kind)
