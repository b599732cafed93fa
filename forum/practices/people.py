"""What a person's page shows: what guests can read of what they wrote.

`own`: what they asked not to be named under is there too, for they alone look at it.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Select, bindparam, case, false, func, select, true
from sqlalchemy.orm import Bundle, Session

from forum.comments.models import Comment
from forum.entries.models import Entry, State
from forum.places.models import Municipality
from forum.practices.lists import CARD_COLUMNS, COUNTED, P, listed, measured
from forum.practices.models import Practice, Status

_entry, _comment = Entry.__table__.c, Comment.__table__.c
# By the table of entries: its index has a person's own in order, whatever else there is.
ORDER = (_entry.published_at, _entry.id)
_CARD: Bundle[Any] = Bundle("card", *CARD_COLUMNS, _entry.published_at)
_SAID: Bundle[Any] = Bundle("said", _entry.id, _entry.published_at, _entry.ups, _comment.html, P.title)
_adapted, _theirs = Practice.__table__.alias("adapted"), Entry.__table__.alias("of_others")


@dataclass(frozen=True, slots=True)
class Record:
    """What somebody has published, in numbers. Practices and comments are counted up to COUNTED + 1, which stands for more.

    `measured` practices have indicators, `failed` ones did not work, for `adapted` ones somebody else's names them as its donor;
    `supported` comments have a vote for them. `practice_ups` and `comment_ups` are votes for.
    """

    practices: int
    practice_ups: int
    measured: int
    failed: int
    adapted: int
    comments: int
    comment_ups: int
    supported: int

    @property
    def ups(self) -> int:
        """All votes for what they wrote."""
        return self.practice_ups + self.comment_ups


def _by(person_id: Any, kind: str, own: bool) -> tuple[Any, ...]:
    # `IS TRUE` keeps the planner with the author's index.
    theirs = (_entry.author_id == person_id, _entry.state == State.PUBLISHED, (_entry.kind == kind).is_(true()), listed())
    return theirs if own else (*theirs, _entry.anonymous.is_(false()))


def practices_of(person_id: int, own: bool = False) -> Select[Any]:
    """Rows for cards of what a person has published, to be put in ORDER."""
    return (
        select(_CARD)
        .select_from(Entry.__table__)
        .join(Practice.__table__, P.id == _entry.id)
        .outerjoin(Municipality.__table__, Municipality.__table__.c.id == P.municipality_id)
        .where(*_by(person_id, "practice", own))
    )


def comments_of(person_id: int, own: bool = False) -> Select[Any]:
    """Rows of a person's comments (id, published_at, ups, html) with the title of the practice, to be put in ORDER."""
    return (
        select(_SAID)
        .select_from(Entry.__table__)
        .join(Comment.__table__, _comment.id == _entry.id)
        .join(Practice.__table__, P.id == _entry.root_id)
        .where(*_by(person_id, "comment", own))
    )


def supported(person_id: int, limit: int, own: bool = False) -> Select[Any]:
    """Of the last COUNTED entries of a person those with most votes for them: rows of id, kind, ups, html, title and slug."""
    lately = (
        select(_entry.id, _entry.kind, _entry.root_id, _entry.ups)
        .where(_entry.author_id == person_id, _entry.state == State.PUBLISHED, *(() if own else (_entry.anonymous.is_(false()),)))
        .order_by(_entry.published_at.desc())
        .limit(COUNTED)
        .subquery()
        .c
    )
    return (
        select(lately.id, lately.kind, lately.ups, _comment.html, P.title, P.slug)
        .join(Practice.__table__, P.id == func.coalesce(lately.root_id, lately.id))
        .outerjoin(Comment.__table__, _comment.id == lately.id)
        .where(lately.ups > 0, listed())
        .order_by(lately.ups.desc(), lately.id.desc())
        .limit(limit)
    )


def record_of(session: Session, person_id: int, own: bool = False) -> Record:
    """What a person has published, in one query."""
    return Record(*session.execute(_record(own), {"person": person_id}).one())


@lru_cache
def _record(own: bool) -> Select[Any]:
    # Put together once: that takes longer than asking it.
    person = bindparam("person", type_=Integer)
    practices, comments = _practices_counted(person, own), _comments_counted(person, own)
    return select(*practices.c, *comments.c).select_from(practices.join(comments, true()))


def _number(condition: Any) -> Any:
    return func.count(case((condition, 1)))


def _practices_counted(person_id: Any, own: bool) -> Any:
    by_others = (_adapted.c.donor_id == P.id, _adapted.c.listed_at.is_not(None), _theirs.c.author_id != person_id)
    some = (
        select(
            _entry.ups,
            P.status,
            measured().label("measured"),
            select(1).select_from(_adapted.join(_theirs, _theirs.c.id == _adapted.c.id)).where(*by_others).exists().label("adapted"),
        )
        .select_from(Entry.__table__)
        .join(Practice.__table__, P.id == _entry.id)
        .where(*_by(person_id, "practice", own))
        .limit(COUNTED + 1)
        .subquery()
    )
    ups, failed = func.coalesce(func.sum(some.c.ups), 0), some.c.status == Status.FAILED
    found = (func.count(), ups, _number(some.c.measured), _number(failed), _number(some.c.adapted))
    names = ("practices", "practice_ups", "measured", "failed", "adapted")
    return select(*(value.label(name) for name, value in zip(names, found, strict=True))).select_from(some).subquery()


def _comments_counted(person_id: Any, own: bool) -> Any:
    some = (
        select(_entry.ups)
        .select_from(Entry.__table__)
        .join(Practice.__table__, P.id == _entry.root_id)
        .where(*_by(person_id, "comment", own))
        .limit(COUNTED + 1)
        .subquery()
    )
    ups = func.coalesce(func.sum(some.c.ups), 0)
    columns = (func.count().label("comments"), ups.label("comment_ups"), _number(some.c.ups > 0).label("supported"))
    return select(*columns).select_from(some).subquery()
