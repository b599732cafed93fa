"""Finding requests and what was offered to them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from forum.adoptions.models import Adoption
from forum.comments.models import Comment
from forum.core.actor import Actor
from forum.entries.models import Entry, State
from forum.entries.policy import visible_to
from forum.places.models import Municipality
from forum.practices.models import Practice
from forum.solution_requests.models import Offer, Outcome, SolutionRequest

SHOWN = (State.PUBLISHED, State.WAITING)


def by_id(id: int, actor: Actor) -> Select[SolutionRequest]:
    """One request with all that its page shows, where the actor may read it."""
    return (
        select(SolutionRequest)
        .where(SolutionRequest.id == id, visible_to(actor))
        .options(
            joinedload(SolutionRequest.author),
            joinedload(SolutionRequest.municipality).joinedload(Municipality.region),
            joinedload(SolutionRequest.nomination),
            selectinload(SolutionRequest.tags),
        )
    )


def for_writing(id: int, actor: Actor) -> Select[SolutionRequest]:
    """The same, held against other writers until the transaction ends."""
    return by_id(id, actor).with_for_update(of=Entry)


def offers_of(request_id: int, actor: Actor) -> Select[Offer]:
    """What was offered, as far as the actor may read its words: what helped first, then the earliest."""
    words = joinedload(Offer.comment).joinedload(Comment.author)
    return (
        select(Offer)
        .join(Comment, Comment.id == Offer.comment_id)
        .where(Offer.request_id == request_id, Comment.state.in_(SHOWN), visible_to(actor))
        .options(words)
        .order_by(Offer.helped_at.is_(None), Offer.at, Offer.comment_id)
    )


def offer(request_id: int, practice_id: int, actor: Actor) -> Select[Offer]:
    """One of them, with the person who made it."""
    return offers_of(request_id, actor).where(Offer.practice_id == practice_id)


def counted(request_id: int) -> Select[int]:
    """How many offers guests can read: the words and the practice both."""
    practice = Practice.__table__
    entry = Entry.__table__
    found = select(func.count()).select_from(Offer.__table__)
    found = found.join(entry, entry.c.id == Offer.comment_id).join(practice, practice.c.id == Offer.practice_id)
    return found.where(Offer.request_id == request_id, entry.c.state == State.PUBLISHED, practice.c.listed_at.is_not(None))


def touched_by(entry_id: int) -> Select[int]:
    """The requests whose offers an entry is part of, as words or as practice."""
    o = Offer.__table__.c
    return select(o.request_id).where((o.comment_id == entry_id) | (o.practice_id == entry_id))


def waiting_for(practice_id: int, author_id: int) -> Select[SolutionRequest]:
    """Open requests of a person to which a practice was offered."""
    mine = (SolutionRequest.author_id == author_id, SolutionRequest.outcome.in_([Outcome.OPEN, Outcome.UNANSWERED]))
    offered = select(Offer.request_id).where(Offer.practice_id == practice_id)
    return select(SolutionRequest).where(*mine, SolutionRequest.state == State.PUBLISHED, SolutionRequest.id.in_(offered))


def begun(adoption_id: int | None) -> Select[Any]:
    """The number of the adoption a request was closed by, where guests can read it."""
    return select(Adoption.__table__.c.id).where(Adoption.__table__.c.id == adoption_id, Adoption.__table__.c.listed_at.is_not(None))


def offering(session: Session, request_id: int) -> Iterable[int]:
    """The ids of those whose offers can be read."""
    query = select(Entry.author_id).join(Offer, Offer.comment_id == Entry.id)
    return session.scalars(query.where(Offer.request_id == request_id, Entry.state == State.PUBLISHED).distinct()).all()


def practice(id: int, actor: Actor) -> Select[Practice]:
    """A practice the actor may read."""
    return select(Practice).where(Practice.id == id, visible_to(actor))


def own_practices(person_id: int) -> Select[Any]:
    """A person's practices that guests may read, the last first: rows of id, slug and title."""
    p, entry = Practice.__table__.c, Entry.__table__.c
    mine = (entry.author_id == person_id, entry.kind == "practice", entry.state == State.PUBLISHED)
    query = select(p.id, p.slug, p.title).join_from(Practice.__table__, Entry.__table__, entry.id == p.id)
    return query.where(*mine).order_by(entry.published_at.desc(), p.id.desc()).limit(20)
