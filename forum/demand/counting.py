"""Counting a question: one a day and visitor, in a short transaction of its own, and without a trace of who it was."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Engine, delete, update
from sqlalchemy.orm import Session

from forum.core import attempts
from forum.core.brief import briefly
from forum.core.once import insert_once
from forum.core.stamps import QUIET
from forum.demand.models import SHOWN_FROM, Unmet
from forum.demand.screening import Question

# So many questions a day are counted: of one visitor, and of all behind one address.
VISITOR_LIMIT, ADDRESS_LIMIT = 20, 60
DAY = timedelta(days=1)
RARE_KEPT = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Visitor:
    """What is known of who asks, while the request lasts."""

    address: str
    agent: str


def count(engine: Engine, secret: str, visitor: Visitor, question: Question, today: date) -> bool:
    """Count the question once; whether it was. Raises OperationalError rather than keep the reader waiting."""
    limits = _limits(secret, visitor, question, today)
    with briefly(engine, writing=False) as session:
        if _used_up(session, limits):
            return False
    with briefly(engine, writing=True) as session:
        if not _raise(session, question, today) or _used_up(session, limits):
            return False
        for key in limits:
            attempts.note(session, key)
        session.commit()
    return True


def _limits(secret: str, visitor: Visitor, question: Question, today: date) -> dict[str, int]:
    """The keys to count by and how much each may have: hashes that nobody can turn back without the site's secret."""

    def mark(*parts: str) -> str:
        message = "\0".join([today.isoformat(), *parts]).encode(errors="replace")
        return f"demand:{hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()[:40]}"

    return {
        mark("question", visitor.address, visitor.agent, question.key): 1,
        mark("visitor", visitor.address, visitor.agent): VISITOR_LIMIT,
        mark("address", visitor.address): ADDRESS_LIMIT,
    }


def _used_up(session: Session, limits: dict[str, int]) -> bool:
    return any(attempts.wait_needed(session, key, limit, DAY) is not None for key, limit in limits.items())


def _raise(session: Session, question: Question, today: date) -> bool:
    """One more; the row is locked from here on. False for a question that moderators took away."""
    values = {"times": 0, "first_on": today, "last_on": today}
    if insert_once(session, Unmet, key=question.key, text=question.text, **values):
        stale = (Unmet.times < SHOWN_FROM, Unmet.last_on < today - RARE_KEPT)
        session.execute(delete(Unmet).where(*stale), execution_options=QUIET)
    row = update(Unmet).where(Unmet.key == question.key, Unmet.hidden_at.is_(None)).returning(Unmet.id)
    raised = session.execute(row.values(times=Unmet.times + 1, last_on=today), execution_options=QUIET)
    return raised.first() is not None
