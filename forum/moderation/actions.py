"""What readers and moderators do: steps that concern an entry, its reports and its author at once."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.core import events
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Refused
from forum.entries.models import Entry, State
from forum.moderation.models import Report, ReportReason

LONGEST_DAYS = 365
UPHELD, DECLINED = "upheld", "declined"


def report(session: Session, entry: Entry, by: Actor, reason: str, note: str) -> Report:
    """Report an entry; a second report of the same person on it changes the first while that is open."""
    if reason not in list(ReportReason):
        raise Refused("moderation.reason_unknown", field="reason")
    if reason == ReportReason.OTHER and not note.strip():
        raise Refused("moderation.note_missing", field="note")
    mine = select(Report).where(Report.entry_id == entry.id, Report.reporter_id == by.id, Report.resolved_at.is_(None))
    found = session.scalar(mine.with_for_update())
    if found is not None:
        found.reason, found.note = reason, note.strip()[:2000]
        return found
    made = Report(entry_id=entry.id, reporter_id=by.id, reason=reason, note=note.strip()[:2000])
    session.add(made)
    entry.record("report.made", by=by, report_reason=reason)
    return made


def hide(session: Session, entry: Entry, by: Actor, reason: str) -> None:
    """Take an entry out of sight; its reports were right."""
    entry.hide(by, reason)
    resolve_reports(session, entry, by, UPHELD)


def approve(session: Session, entry: Entry, by: Actor) -> None:
    """Let a first post through, or find that the reports on a published one were wrong."""
    if entry.state == State.WAITING:
        entry.approve(by)
    decline_reports(session, entry, by, "")


def send_back(session: Session, entry: Entry, by: Actor, reason: str) -> None:
    """Return an entry to its author for rework. A comment can't be reworked as a draft: it is hidden instead."""
    if entry.root_id is not None:
        raise Refused("moderation.comment_not_returned")
    entry.send_back(by, reason)
    resolve_reports(session, entry, by, UPHELD)


def decline_reports(session: Session, entry: Entry, by: Actor, reason: str) -> None:
    """The reports on an entry were wrong: it stays."""
    if resolve_reports(session, entry, by, DECLINED):
        entry.record("moderation.reports_declined", by=by, reason=reason.strip()[:2000] or None)


def resolve_reports(session: Session, entry: Entry, by: Actor, outcome: str) -> int:
    """Close the open reports of an entry and tell who made them; how many there were."""
    found = session.scalars(select(Report).where(Report.entry_id == entry.id, Report.resolved_at.is_(None)).with_for_update()).all()
    for each in found:
        each.resolved_at, each.resolved_by_id, each.outcome = now(), by.id, outcome
        events.record(session, "moderation.report_resolved", by=by, entry_id=entry.id, person_id=each.reporter_id, outcome=outcome)
    return len(found)


def suspend(session: Session, person: Person, by: Actor, days: int, reason: str) -> None:
    """Let a person only read for some days (1 to 365)."""
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused("moderation.term_invalid", field="days")
    if not reason.strip():
        raise Refused("moderation.reason_missing", field="reason")
    person.suspended_until = now() + timedelta(days=days)
    person.suspended_reason = reason.strip()[:2000]
    events.record(session, "moderation.suspended", by=by, person_id=person.id, reason=person.suspended_reason, days=days)


def release(session: Session, person: Person, by: Actor) -> None:
    """End a suspension before its time."""
    if person.suspended_until is None:
        return
    person.suspended_until = person.suspended_reason = None
    events.record(session, "moderation.released", by=by, person_id=person.id)
