"""Once a year each practice is asked about: a question to its keeper, a reminder, then the mark that nobody has confirmed it."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from forum.core import events
from forum.core.actor import SYSTEM
from forum.core.stamps import QUIET
from forum.practices.lists import P, listed
from forum.practices.models import Practice
from forum.practices.models.owned import PATIENCE
from forum.practices.ownership import mend

BATCH = 100
MOST = 5_000  # steps a night
OF_ONE = 10  # new questions a night to one person; the rest is spread over the nights that follow
ASKED, REMINDED = "practice.confirmation_asked", "practice.confirmation_reminded"


def due(at: datetime, limit: int = BATCH) -> Select[Practice]:
    """Practices whose next step has come, those that have waited longest first, held against other writers."""
    waiting = select(Practice).where(P.check_at <= at, listed()).order_by(P.check_at, P.id).limit(limit)
    return waiting.with_for_update(of=Practice.__table__).execution_options(populate_existing=True)


def tend(session: Session, at: datetime) -> Iterator[int]:
    """Do the steps that are due, in batches; commit after each. Gives the number of practices looked at in the batch.

    A step moves `check_at` on, so that doing it twice on one night does nothing.
    """
    mend(session)
    yield 0
    asked: Counter[int] = Counter()
    done = 0
    while done < MOST and (found := session.scalars(due(at)).all()):
        for practice in found:
            _step(session, practice, at, asked)
        session.flush()
        done += len(found)
        yield len(found)
        session.expunge_all()


def _step(session: Session, practice: Practice, at: datetime, asked: Counter[int]) -> None:
    if practice.asked >= 2:
        practice.mark_stale(SYSTEM)
        return
    keeper = practice.keeper_id
    if practice.asked == 0 and keeper is not None:
        asked[keeper] += 1
        if asked[keeper] > OF_ONE:
            _wait(session, practice, asked=0, check_at=at + timedelta(days=(asked[keeper] - 1) // OF_ONE))
            return
    kind = REMINDED if practice.asked else ASKED
    _wait(session, practice, asked=practice.asked + 1, check_at=at + PATIENCE)
    if keeper is not None:
        events.record(session, kind, by=SYSTEM, entry_id=practice.id, person_id=keeper)


def _wait(session: Session, practice: Practice, asked: int, check_at: datetime) -> None:
    """Nothing that a guest could read changes: pages that are kept stay."""
    values = {"asked": asked, "check_at": check_at}
    change = update(Practice.__table__).where(P.id == practice.id).values(**values)  # type: ignore[arg-type]
    session.execute(change, execution_options=QUIET)
