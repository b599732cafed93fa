"""Appeals that nobody has to answer any more: the decision was taken back before another moderator came to them."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from forum.core import events
from forum.core.actor import SYSTEM
from forum.core.clock import now
from forum.core.events import Event
from forum.moderation.appeals import MOOT, Appeal
from forum.moderation.standing import BACK, taken_back
from forum.moderation.undoing import UNDONE

# After these an appeal may have lost its object, or have it again; the first: it may have been made in the same moment.
TURNS = ("moderation.appealed", UNDONE, *sorted(set(BACK.values())))


def settle(session: Session, person_id: int) -> None:
    """Close the person's appeals whose decision was taken back; open again those whose decision holds again. Safe to repeat."""
    query = select(Appeal).where(Appeal.person_id == person_id, or_(Appeal.resolved_at.is_(None), Appeal.outcome == MOOT))
    for made in session.scalars(query.order_by(Appeal.id).with_for_update()).all():
        gone = taken_back(session, session.get_one(Event, made.event_id))
        if gone and made.resolved_at is None:
            made.resolved_at, made.outcome = now(), MOOT
            _say(session, made, "moderation.appeal_moot")
        elif not gone and made.resolved_at is not None:
            made.resolved_at = made.outcome = None
            _say(session, made, "moderation.appeal_reopened")


def _say(session: Session, made: Appeal, kind: str) -> None:
    events.record(session, kind, by=SYSTEM, entry_id=made.entry_id, person_id=made.person_id, decision=made.event_id)
