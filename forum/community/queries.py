"""Reading the practices of the week, and what the rule weighs."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Delete, Select, and_, delete, func, null, or_, select
from sqlalchemy.orm import Bundle

from forum.accounts.models import Person
from forum.community.models import WeeklyChoice
from forum.entries.models import Entry, State
from forum.places.models import Municipality
from forum.practices import feeds
from forum.practices.lists import CARD_COLUMNS, P, listed, measured
from forum.practices.models import Practice
from forum.votes.models import Vote

_entry, _choice = Entry.__table__.c, WeeklyChoice.__table__.c
_said = Entry.__table__.alias("said").c
ORDER = (_choice.chosen_at, _choice.practice_id)
_CARD: Bundle[Any] = Bundle("card", *CARD_COLUMNS, _choice.week, _choice.chosen_at, _choice.practice_id)


def choice_of(week: date) -> Select[int]:
    """The practice chosen for a week, unless it was passed over or is gone."""
    return select(WeeklyChoice.practice_id).where(WeeklyChoice.week == week, WeeklyChoice.passed_at.is_(None), ~_gone())


def _gone() -> ColumnElement[bool]:
    # What a moderator looks at once more may be back in an hour: that decides nothing.
    return select(_entry.id).where(_entry.id == _choice.practice_id, _entry.state.not_in((State.PUBLISHED, State.WAITING))).exists()


def vacate(week: date) -> Delete:
    """Takes back the choice of a week whose practice is gone: should it return, it may be chosen like any other."""
    return delete(WeeklyChoice).where(WeeklyChoice.week == week, WeeklyChoice.passed_at.is_(None), _gone())


def chosen() -> Select[Any]:
    """Rows for cards of the practices of the week that guests can read, with the week of each, to be put in ORDER."""
    place = Municipality.__table__
    return (
        select(_CARD)
        .select_from(WeeklyChoice.__table__)
        .join(Practice.__table__, P.id == _choice.practice_id)
        .outerjoin(place, place.c.id == P.municipality_id)
        .where(_choice.passed_at.is_(None), listed())
    )


def last_chosen() -> Select[Any]:
    """The last of them."""
    return chosen().order_by(*(column.desc() for column in ORDER)).limit(1)


def chosen_for(week: date, practice_id: int) -> Select[int]:
    """The practice where it was chosen for the week, passed over or not."""
    return select(WeeklyChoice.practice_id).where(WeeklyChoice.practice_id == practice_id, WeeklyChoice.week == week)


def in_feed(limit: int) -> Select[Any]:
    """The last of them with what a feed says of them, each under the moment of its choice."""
    chosen_at = _choice.chosen_at
    return (
        feeds.rows(chosen_at, null())
        .join(WeeklyChoice.__table__, _choice.practice_id == P.id)
        .where(_choice.passed_at.is_(None))
        .order_by(chosen_at.desc(), P.id.desc())
        .limit(limit)
    )


def author_of(practice_id: int) -> Select[int]:
    """Whose it is."""
    return select(_entry.author_id).where(_entry.id == practice_id)


def candidates(since: datetime, from_: datetime, until: datetime) -> Select[Any]:
    """Practices listed since then and before `until`, never chosen: rows of id, whether the card is complete, votes and commenters
    from `from_` until `until`."""
    votes = select(func.coalesce(func.sum(Vote.value), 0)).where(Vote.entry_id == P.id, Vote.at >= from_, Vote.at < until)
    others = (_said.root_id == P.id, _said.state == State.PUBLISHED, _said.author_id != _entry.author_id)
    said = (_said.published_at >= from_, _said.published_at < until)
    commenters = select(func.count(_said.author_id.distinct())).where(*others, *said).correlate(Practice.__table__, Entry.__table__)
    never = select(_choice.practice_id).where(_choice.practice_id == P.id)
    free = or_(Person.suspended_until.is_(None), Person.suspended_until <= until)
    return (
        select(P.id, _complete().label("complete"), votes.scalar_subquery(), commenters.scalar_subquery())
        .select_from(Practice.__table__)
        .join(Entry.__table__, _entry.id == P.id)
        .join(Person, Person.id == _entry.author_id)
        .where(P.listed_at >= since, P.listed_at < until, ~never.exists(), free)
    )


def _complete() -> ColumnElement[bool]:
    """All that publishing asks for, and also: what it cost, what changed in figures, and what was learnt."""
    words = (P[name] != "" for name in ("title", "summary", "problem", "solution", "results", "lessons"))
    places = (P.municipality_id.is_not(None), P.nomination_id.is_not(None))
    cost = or_(*(P[f"cost_{source}"].is_not(None) for source in Practice.COSTS))
    return and_(*words, *places, cost, measured())
