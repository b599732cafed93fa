"""What has to be looked at once a day: levels that time changes, and what is remembered too long."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from forum.entries.models import Entry, State
from forum.trust import facts
from forum.trust.models import Hold, TextPrint
from forum.trust.sameness import DAY

BATCH = 200


def sweep(session: Session, at: datetime) -> Iterator[int]:
    """Do it in steps; commit after each. Gives the number of people looked at in the step."""
    session.execute(delete(TextPrint).where(TextPrint.at < at - DAY))
    waiting = select(Entry.id).where(Entry.state == State.WAITING)
    session.execute(delete(Hold).where(Hold.entry_id.not_in(waiting), Hold.at < at - DAY))
    last = 0
    while ids := facts.due(session, at, BATCH, last):
        for id in ids:
            facts.settle(session, id, at)
        last = ids[-1]
        yield len(ids)
    yield 0
