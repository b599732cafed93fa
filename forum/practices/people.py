"""What a person's page shows: what guests can read of what they wrote."""

from typing import Any

from sqlalchemy import Select, func, select, true
from sqlalchemy.orm import Bundle

from forum.comments.models import Comment
from forum.core.actor import GUEST
from forum.entries.models import Entry, State
from forum.entries.policy import visible_to
from forum.places.models import Municipality
from forum.practices.lists import CARD_COLUMNS, COUNTED, P, listed
from forum.practices.models import Practice

_entry = Entry.__table__.c
# By the table of entries: its index has a person's own in order, whatever else there is.
ORDER = (_entry.published_at, _entry.id)
_CARD: Bundle[Any] = Bundle("card", *CARD_COLUMNS, _entry.published_at)


def practices_of(person_id: int) -> Select[Any]:
    """Rows for cards of what a person has published, to be put in ORDER."""
    return (
        select(_CARD)
        .select_from(Entry.__table__)
        .join(Practice.__table__, P.id == _entry.id)
        .outerjoin(Municipality.__table__, Municipality.__table__.c.id == P.municipality_id)
        .where(_entry.author_id == person_id, _entry.state == State.PUBLISHED, _entry.kind == "practice", listed())
    )


def comments_of(person_id: int, limit: int) -> Select[Any]:
    """Latest comments of a person: rows of id, html, published_at, score, and the practice's title."""
    return (
        select(Comment.id, Comment.html, Comment.published_at, Comment.score, P.title)
        .join(Practice.__table__, P.id == Comment.root_id)
        .where(Entry.author_id == person_id, visible_to(GUEST), listed())
        .order_by(Comment.published_at.desc(), Comment.id.desc())
        .limit(limit)
    )


def numbers_of(person_id: int) -> Select[Any]:
    """How many practices and comments of theirs there are; COUNTED + 1 stands for more."""
    theirs = select(Entry.id).where(Entry.author_id == person_id, visible_to(GUEST)).limit(COUNTED + 1)
    # `IS TRUE` keeps the planner with the author's index.
    kinds = (theirs.where((Entry.kind == kind).is_(true())).subquery() for kind in ("practice", "comment"))
    return select(*(select(func.count()).select_from(some).scalar_subquery() for some in kinds))
