"""The rule of «Практика недели».

Every Monday one practice is chosen among those that appeared within the last 90 days and were never chosen before. A complete card
goes before an incomplete one; then more points of the last week, Monday to Sunday: a point for each vote (votes against take one away)
and one for each person but the author who commented. Of equals the one that appeared first, since its time runs out first. Whose
author is suspended waits. Where the chosen one is taken off the site within its week, the next one by the rule takes its place. The
rule knows no chance: whoever applies it to the same week finds the same practice.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from forum.community import queries
from forum.community.models import WeeklyChoice
from forum.core import events, stamps
from forum.core.actor import SYSTEM, Actor
from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.once import insert_once
from forum.entries.models import Entry

CHOSEN, PASSED_OVER = "practice.chosen", "moderation.passed_over"
YOUNG, WEEK = timedelta(days=90), timedelta(days=7)


class Candidate(NamedTuple):
    """A practice as the rule sees it: votes (for less against) and commenters of the last week."""

    id: int
    complete: bool
    votes: int
    commenters: int


def week_of(at: datetime, zone: str) -> date:
    """The Monday of the week that a moment lies in, in a time zone."""
    day = at.astimezone(ZoneInfo(zone)).date()
    return day - timedelta(days=day.weekday())


def best(candidates: Iterable[Candidate]) -> Candidate | None:
    """By the rule above; ids grow in the order of appearing."""
    return min(candidates, key=lambda one: (not one.complete, -(one.votes + one.commenters), one.id), default=None)


def find(session: Session, week: date, zone: str) -> int | None:
    """The practice to choose for a week; None where that is done already, or there is none."""
    if session.scalar(queries.choice_of(week)) is not None:
        return None
    begins = datetime.combine(week, time(), ZoneInfo(zone))
    rows = session.execute(queries.candidates(begins - YOUNG, begins - WEEK, begins))
    found = best(Candidate(*row) for row in rows)
    return found.id if found is not None else None


def choose(session: Session, week: date, practice_id: int) -> bool:
    """Make it the practice of the week and have its author told; False where another was chosen meanwhile."""
    session.execute(queries.vacate(week), execution_options={"synchronize_session": False})
    if not insert_once(session, WeeklyChoice, practice_id=practice_id, week=week, chosen_at=now()):
        return False
    stamps.mark(session)
    author = session.scalar(queries.author_of(practice_id))
    events.record(session, CHOSEN, by=SYSTEM, entry_id=practice_id, person_id=author, week=week.isoformat())
    return True


def pass_over(session: Session, practice: Entry, by: Actor, reason: str, zone: str) -> bool:
    """Have the next one chosen instead; whether there was anything to pass over. Raises Refused where no reason is given."""
    if not reason.strip():
        raise Refused("moderation.reason_missing", field="reason")
    choice = session.get(WeeklyChoice, practice.id, with_for_update=True, populate_existing=True)
    if choice is None or choice.passed_at is not None:
        return False
    choice.passed_at = now()
    practice.record(PASSED_OVER, by=by, reason=reason.strip()[:2000], week=choice.week.isoformat())
    following = find(session, choice.week, zone)
    if following is not None:
        choose(session, choice.week, following)
    return True
