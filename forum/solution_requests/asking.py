"""What the worker does about requests: asks whose time is up, closes those nobody spoke of, tells people of matching ones."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forum.core.actor import SYSTEM
from forum.core.clock import now
from forum.core.once import insert_once
from forum.core.stamps import QUIET
from forum.solution_requests.models import Outcome, RequestMatch, RequestWeek, SolutionRequest

PATIENCE = timedelta(days=14)  # from the question to the closing
MOST = 200  # at a time: the rest a while later


def week_of(day: date) -> str:
    """The ISO week, as `2026-W48`."""
    year, week, _day = day.isocalendar()
    return f"{year}-W{week:02d}"


def overdue(session: Session) -> Sequence[int]:
    """Open requests whose day is over, the longest first."""
    r = SolutionRequest.__table__.c
    due = (r.outcome == Outcome.OPEN, r.until < now().date(), r.listed_at.is_not(None))
    unasked = r.asked_on.is_(None) | (r.asked_on <= now().date() - PATIENCE)
    return session.scalars(select(r.id).where(*due, unasked).order_by(r.until, r.id).limit(MOST)).all()


def remind_or_close(session: Session, id: int) -> None:
    """Ask its author whether a solution was found; when two weeks have passed since, close it. Again does nothing more."""
    request = session.get(SolutionRequest, id, with_for_update=True)
    if request is None or not request.is_published or request.until >= now().date():
        return
    if request.asked_on is None:
        request.ask_author()
    elif request.asked_on <= now().date() - PATIENCE:
        request.lapse()


def untold(session: Session) -> Sequence[int]:
    """People who have not heard of a matching request yet, and of none this week."""
    m, w = RequestMatch, RequestWeek
    told = select(w.person_id).where(w.week == week_of(now().date()))
    query = select(m.person_id).where(m.told_at.is_(None), m.person_id.not_in(told)).distinct().order_by(m.person_id)
    return session.scalars(query.limit(MOST)).all()


def tell(session: Session, person_id: int) -> bool:
    """Have a person hear of the requests they may answer: all that came together, as one, and nothing more this week."""
    m, r = RequestMatch, SolutionRequest
    query = select(m.request_id).join(r.__table__, r.__table__.c.id == m.request_id).where(m.person_id == person_id, m.told_at.is_(None))
    waiting = session.scalars(query.where(r.__table__.c.listed_at.is_not(None), r.__table__.c.outcome == Outcome.OPEN)).all()
    mine = update(m).where(m.person_id == person_id, m.told_at.is_(None)).values(told_at=now())
    if not waiting:  # solved or hidden meanwhile
        session.execute(mine, execution_options=QUIET)
        return False
    if not insert_once(session, RequestWeek, person_id=person_id, week=week_of(now().date()), at=now()):
        return False
    session.execute(mine, execution_options=QUIET)
    request = session.get_one(SolutionRequest, max(waiting))
    request.record("request.matched", by=SYSTEM, to=person_id, others=len(waiting) - 1)
    return True
