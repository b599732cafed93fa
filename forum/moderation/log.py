"""Reading the chained log: what everybody may see of it, narrowed by act, region and time."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.core.actor import Actor
from forum.core.events import Event
from forum.moderation.chain import LogRow
from forum.moderation.undoing import UNDO, UNDONE

# Chained like all, but nothing for the public log: answers to reporters, the other half of a merge, templates.
INTERNAL = ("moderation.report_resolved", "moderation.absorbed", "moderation.reason_written", "moderation.reason_removed")


def rows(kind: str = "", region: str = "", since: datetime | None = None, until: datetime | None = None) -> Select[LogRow]:
    """Public rows, the last first; of one kind, of one region, from a moment on and before another."""
    query = select(LogRow).where(LogRow.kind == kind if kind else LogRow.kind.not_in(INTERNAL))
    if region:
        query = query.where(LogRow.region_code == region)
    if since is not None:
        query = query.where(LogRow.at >= since)
    if until is not None:
        query = query.where(LogRow.at < until)
    return query.order_by(LogRow.sequence.desc())


def step(event_id: int) -> Select[LogRow]:
    """The row of one event."""
    return select(LogRow).where(LogRow.event_id == event_id)


def event(event_id: int) -> Select[Event]:
    """An event of moderation."""
    return select(Event).where(Event.id == event_id)


def undone(session: Session, event_ids: Iterable[int]) -> set[int]:
    """Those of the events that were undone later."""
    ids = list(event_ids)
    return set(session.scalars(select(LogRow.undoes).where(LogRow.undoes.in_(ids)))) if ids else set()


def can_undo(actor: Actor, row: LogRow) -> bool:
    """Moderators within whose regions it lies; nobody what was decided on themselves. What undoing needs beyond, it checks itself."""
    if row.kind not in UNDO or row.kind == UNDONE or not actor.may_write:
        return False
    said = row.said
    files_alone = row.kind == "moderation.edited" and said["data"].get("revision") is None  # those that went are gone
    return actor.moderates(row.region_code) and said["person_id"] != actor.id and not files_alone


def names(session: Session, people_ids: Iterable[int | None]) -> dict[int, Person]:
    """People by number, for moderators."""
    ids = {id for id in people_ids if id is not None}
    return {one.id: one for one in session.scalars(select(Person).where(Person.id.in_(ids)))} if ids else {}
