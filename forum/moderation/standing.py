"""Whether a decision that can be appealed still holds."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.events import Event
from forum.entries.models import Entry, State
from forum.moderation import sanctions
from forum.moderation.sanctions import ENDED, STARTED
from forum.moderation.undoing import latest, undone

AGAINST_ENTRY = ("moderation.hidden", "moderation.returned", "moderation.locked", "moderation.merged")
AGAINST_PERSON = tuple(STARTED.values())
APPEALABLE = AGAINST_ENTRY + AGAINST_PERSON
STATES = {"moderation.hidden": State.HIDDEN, "moderation.returned": State.DRAFT, "moderation.merged": State.MERGED}
# What takes a decision back, beside undoing it.
BACK = {"moderation.hidden": "moderation.restored", "moderation.locked": "moderation.unlocked"}
BACK |= {STARTED[kind]: ENDED[kind] for kind in STARTED}


def check_standing(session: Session, event: Event) -> None:
    """Raise `Refused` where the decision does not hold any more: then there is nothing to appeal."""
    if event.kind in AGAINST_PERSON:
        sanction = session.scalar(sanctions.by_event(event.id))
        stands = sanction is not None and sanction.in_force(now())
    else:
        found = session.execute(select(Entry.state, Entry.locked).where(Entry.id == event.entry_id)).one()
        stands = found.locked if event.kind == "moderation.locked" else found.state == STATES[event.kind]
        stands = stands and session.scalar(latest(event)) == event.id
    if not stands:
        raise Refused("appeal.over")


def taken_back(session: Session, event: Event) -> bool:
    """Whether a moderator has taken the decision back since, and that holds.

    A term that ran out, or the author's own rework, is not that.
    """
    if undone(session, [event]):
        return True
    since = select(Event).where(Event.id > event.id, Event.kind == BACK.get(event.kind, ""))
    of = Event.entry_id == event.entry_id if event.kind in AGAINST_ENTRY else Event.person_id == event.person_id
    back = [one for one in session.scalars(since.where(of)) if one.data.get("sanction") == event.data.get("sanction")]
    return len(undone(session, back)) < len(back)
