"""Deciding once: whoever decides on what another has decided meanwhile is told so, and nothing is done twice."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Conflict, Refused
from forum.core.events import Event
from forum.entries.models import Entry

DECISIONS = (
    "moderation.approved",
    "moderation.returned",
    "moderation.hidden",
    "moderation.restored",
    "moderation.reports_declined",
    "moderation.merged",
    "moderation.undone",
)
# Whoever does not say what they saw (a program, an old page) is held back by another's decision for so long.
JUST_NOW = timedelta(minutes=1)


class Decided(Conflict):
    """Another moderator has decided since the actor looked; `event` is what they did."""

    def __init__(self, entry: Entry, event: Event) -> None:
        super().__init__(event.kind)
        self.entry = entry
        self.event = event


def seen(entry: Entry, last: int) -> str:
    """What a page shows, as its forms send it back: the version of the entry and the last decision on it (0 for none)."""
    return f"{entry.version}-{last}"


def last_ones(session: Session, entry_ids: Iterable[int]) -> dict[int, int]:
    """The event of the last decision on each of the entries that had one."""
    query = select(Event.entry_id, func.max(Event.id)).where(Event.entry_id.in_(list(entry_ids)), Event.kind.in_(DECISIONS))
    return {id: number for id, number in session.execute(query.group_by(Event.entry_id)) if id is not None}


def check(session: Session, entry: Entry, by: Actor, sight: str) -> None:
    """Whether the actor knows what they decide on; raises Decided, or Refused `moderation.changed` where the words have changed."""
    last = session.scalar(select(Event).where(Event.entry_id == entry.id, Event.kind.in_(DECISIONS)).order_by(Event.id.desc()).limit(1))
    version, _, number = sight.partition("-")
    known = len(sight) < 30 and version.isdecimal() and number.isdecimal()
    if last is not None:
        unseen = last.id > int(number) if known else last.at > now() - JUST_NOW
        if unseen and last.actor_id == by.id:
            return  # one's own button, pressed twice
        if unseen:
            raise Decided(entry, last)
    if known and int(version) != entry.version:
        raise Refused("moderation.changed")
