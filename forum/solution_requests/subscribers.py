"""What follows from the events of requests, offers and adoptions, and who is told of them."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.adoptions.models import Adoption
from forum.comments.models import Comment
from forum.core.actor import Actor
from forum.core.events import Event, on
from forum.entries.models import Entry
from forum.entries.revisions import revise
from forum.follows.models import Follow
from forum.notifications import telling
from forum.notifications.telling import may_see, receiver, tell
from forum.solution_requests import actions, following, queries
from forum.solution_requests.models import Offer, SolutionRequest

MOST_FOLLOWERS = 1000  # told of one step: the others see it on the page
__all__ = ["following"]


@on("request.published")
def begin_history(session: Session, event: Event) -> None:
    """The words as they appeared; repeating changes nothing."""
    request = session.get(SolutionRequest, event.entry_id)
    if request is not None and request.is_published:
        session.refresh(request, attribute_names=["tags"])
        revise(request, by=Actor(id=request.author_id))


@on("comment.published")
def tell_of_offer(session: Session, event: Event) -> None:
    """An offer can be read now: its request says so, and its author hears of it."""
    found = session.scalar(select(Offer).where(Offer.comment_id == event.entry_id))
    if found is None:
        return
    actions.recount(session, [found.request_id])
    if event.data.get("first", True):
        request = session.get_one(SolutionRequest, found.request_id)
        author = session.get_one(Comment, found.comment_id).author_id
        request.record("request.offered", by=Actor(id=author), practice=found.practice_id)


@on(
    *("comment.withdrawn", "comment.taken_back", "practice.published", "practice.unpublished", "practice.withdrawn", "practice.taken_back"),
    *("moderation.hidden", "moderation.restored", "moderation.returned", "moderation.held", "moderation.let_out", "moderation.merged"),
    *("moderation.undone", "moderation.approved"),
)
def count_offers(session: Session, event: Event) -> None:
    """Words or a practice came or went: requests count their offers anew."""
    if event.entry_id is not None:
        actions.recount(session, session.scalars(queries.touched_by(event.entry_id)).all())


@on("adoption.published")
def close_solved(session: Session, event: Event) -> None:
    """Who begins to carry out what was offered has an answer."""
    adoption = session.get(Adoption, event.entry_id)
    if adoption is not None and adoption.is_published:
        actions.close_by(session, adoption)


@on("request.offered", "request.overdue")
def tell_author(session: Session, event: Event) -> None:
    """Who asks: of an offer, and that the time is up."""
    request = session.get(SolutionRequest, event.entry_id)
    if request is not None and request.is_published:
        _tell(session, [request.author_id], event, "offer" if event.kind == "request.offered" else "request")


@on("request.thanked", "request.matched")
def tell_one(session: Session, event: Event) -> None:
    """Whom it concerns: who made the offer, who may have the answer."""
    request = session.get(SolutionRequest, event.entry_id)
    if request is not None and request.is_published:
        _tell(session, [event.data["to"]], event, "request" if event.kind == "request.thanked" else "request_match")


@on("request.closed")
def tell_helpers(session: Session, event: Event) -> None:
    """Those who made offers and those who follow, how it ended; its author where nobody had an answer."""
    request = session.get(SolutionRequest, event.entry_id)
    if request is None or not request.is_published:
        return
    follows = select(Follow.person_id).where(Follow.entry_id == request.id).order_by(Follow.person_id).limit(MOST_FOLLOWERS)
    ids = dict.fromkeys([request.author_id, *queries.offering(session, request.id), *session.scalars(follows)])
    _tell(session, ids, event, "request", but={event.actor_id} if event.data.get("outcome") == "unanswered" else {request.author_id})


def _tell(session: Session, ids: Iterable[int], event: Event, kind: str, but: Iterable[int | None] = ()) -> None:
    for id in ids:
        person: Person | None = receiver(session, id) if id not in but else None
        if person is not None and may_see(session, person, event.entry_id or 0):
            tell(session, person, event, kind)


def is_told_as_offer(session: Session, person: Person, event: Event) -> bool:
    """Who asks hears of an offer as that, and not of its words as a comment besides."""
    if event.kind != "comment.published" or event.entry_id is None:
        return False
    asked = select(Entry.id).join(Offer, Offer.request_id == Entry.id)
    return session.scalar(asked.where(Offer.comment_id == event.entry_id, Entry.author_id == person.id)) is not None


telling.SILENCERS.append(is_told_as_offer)
