"""What readers and moderators do: steps that concern an entry, its reports and its author at once."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core import events
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Refused
from forum.entries.models import Entry, State
from forum.entries.screening import COUNTED
from forum.moderation import claims, decisions, merging, report_holds
from forum.moderation.models import Report, ReportReason
from forum.trust import quotas

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
    if session.info.get(COUNTED):
        quotas.take(session, "report", by)
    made = Report(entry_id=entry.id, reporter_id=by.id, reason=reason, note=note.strip()[:2000])
    session.add(made)
    entry.record("report.made", by=by, report_reason=reason)
    report_holds.weigh(session, entry)
    return made


def hide(session: Session, entry: Entry, by: Actor, reason: str) -> None:
    """Take an entry out of sight; its reports were right."""
    if entry.state != State.HIDDEN:
        entry.hide(by, reason, reports=resolve_reports(session, entry, by, UPHELD))


def approve(session: Session, entry: Entry, by: Actor) -> bool:
    """Let a first post through, or find that the reports on a published one were wrong; whether there was anything to decide."""
    waited = entry.state == State.WAITING
    if waited:
        entry.approve(by)
    return decline_reports(session, entry, by, "") or waited


def send_back(session: Session, entry: Entry, by: Actor, reason: str) -> bool:
    """Return an entry to its author for rework; whether there was one to return.

    A comment can't be reworked as a draft: it is hidden instead.
    """
    if entry.root_id is not None:
        raise Refused("moderation.comment_not_returned")
    if entry.state not in (State.WAITING, State.PUBLISHED):
        return False
    entry.send_back(by, reason, reports=resolve_reports(session, entry, by, UPHELD))
    return True


def decline_reports(session: Session, entry: Entry, by: Actor, reason: str) -> bool:
    """The reports on an entry were wrong: it stays. Whether there were any."""
    resolved = resolve_reports(session, entry, by, DECLINED)
    if resolved:
        entry.record("moderation.reports_declined", by=by, reason=reason.strip()[:2000] or None, reports=resolved)
        report_holds.let_out(session, entry, by)
    return bool(resolved)


def merge(session: Session, gone: Entry, kept: Entry, by: Actor, reason: str) -> None:
    """Merge one entry into another; both lie within the actor's scope. Reports on it are closed as right: it went away."""
    merging.merge(session, gone, kept, by, reason, resolve_reports(session, gone, by, UPHELD))


def move(entry: Entry, by: Actor, reason: str, **where: Any) -> None:
    """Put an entry elsewhere, within the actor's regions; `where` as in `Entry.relocate`. What is None stays."""
    to = {name: target for name, target in where.items() if target is not None}
    for name in ("municipality", "discussion"):
        if name in to and not by.moderates(to[name].region_code):
            raise Refused("moderation.outside_regions", field=name)
    entry.move(by, reason, **to)


def resolve_reports(session: Session, entry: Entry, by: Actor, outcome: str) -> list[int]:
    """Close the open reports of an entry and tell who made them; the numbers of the reports."""
    found = session.scalars(select(Report).where(Report.entry_id == entry.id, Report.resolved_at.is_(None)).with_for_update()).all()
    for each in found:
        each.resolved_at, each.resolved_by_id, each.outcome = now(), by.id, outcome
        events.record(session, "moderation.report_resolved", by=by, entry_id=entry.id, person_id=each.reporter_id, outcome=outcome)
    return [each.id for each in found]


def act(session: Session, entry: Entry, by: Actor, step: Callable[[], bool | None], sight: str | None = None) -> bool:
    """Take an entry, do a step to it, and give it back; the entry is held. False where the step found nothing left to do.

    `sight` (see `decisions.seen`) is what the actor saw when they decided; None where the step decides nothing. Raises Refused
    `moderation.taken`, Decided, and whatever the step raises; the entry stays taken then, for the moderator tries again.
    """
    before = claims.taken(session, [entry.id]).get(entry.id)
    mine = before is not None and before.person_id == by.id and before.until > now()
    claims.take(session, entry.id, by)
    if sight is not None:
        decisions.check(session, entry, by, sight)
    done = step() is not False
    if sight is not None or not mine:
        claims.release(session, entry.id, by)
    return done
