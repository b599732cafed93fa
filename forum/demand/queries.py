"""What is asked for, what has been answered since, and what moderators took away."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, select

from forum.core.actor import GUEST
from forum.demand.models import SHOWN_FROM, Unmet
from forum.entries.models import Entry
from forum.entries.policy import visible_to

# What nobody has asked for so long is wanted no longer, or is found by now.
WANTED_FOR = timedelta(days=365)


def wanted(today: date) -> Select[Unmet]:
    """Questions without an answer that enough people have asked lately, the most wanted first; the same for every reader."""
    query = select(Unmet).where(_shown(), ~_answered(), Unmet.last_on > today - WANTED_FOR)
    return query.order_by(Unmet.times.desc(), Unmet.id.desc())


def answered(limit: int) -> Select[Unmet]:
    """Such questions that a practice has answered since, the latest first."""
    return select(Unmet).where(_shown(), _answered()).order_by(Unmet.answered_at.desc(), Unmet.id.desc()).limit(limit)


def hidden() -> Select[Unmet]:
    """What moderators took off the page."""
    return select(Unmet).where(Unmet.hidden_at.is_not(None)).order_by(Unmet.id.desc())


def by_id(id: int) -> Select[Unmet]:
    """One question, hidden or not: for moderators."""
    return select(Unmet).where(Unmet.id == id)


def taken_off(key: str) -> Select[int]:
    """The question of that key, where moderators took it off the page."""
    return select(Unmet.id).where(Unmet.key == key, Unmet.hidden_at.is_not(None))


def waiting() -> Select[Unmet]:
    """Questions that a new practice could answer; rare ones need none, since it is found when they are asked again."""
    return select(Unmet).where(Unmet.times >= SHOWN_FROM, ~_answered())


def _shown() -> ColumnElement[bool]:
    return and_(Unmet.times >= SHOWN_FROM, Unmet.hidden_at.is_(None))


def _answered() -> ColumnElement[bool]:
    # By what everybody may read, whoever is reading: an answer that only its author sees is none.
    return select(Entry.id).where(Entry.id == Unmet.answered_by_id, visible_to(GUEST)).exists()
