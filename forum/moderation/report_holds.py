"""Reports of trusted people take an entry out of sight until a moderator has looked – and back where they were wrong."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.core.actor import SYSTEM, Actor
from forum.core.events import Event
from forum.core.level import Level
from forum.entries.models import Entry, State
from forum.entries.screening import Finding
from forum.moderation.models import Report
from forum.moderation.weight import credit
from forum.trust import holds
from forum.trust.holds import Kind

# Three whose reports nobody has judged yet (one half each), or two who have often been right.
ENOUGH = 1.5
LOOKED_AT = ("moderation.approved", "moderation.let_out", "moderation.reports_declined", "moderation.restored")


def weigh(session: Session, entry: Entry) -> None:
    """Hold an entry where the open reports of trusted people weigh enough; what a moderator has left standing before is not held again."""
    session.flush()
    if not entry.is_published or believed(session, entry.id) < ENOUGH:
        return
    session.refresh(entry, attribute_names=["state"], with_for_update=True)
    seen = select(Event.id).where(Event.entry_id == entry.id, Event.kind.in_(LOOKED_AT), Event.actor_role != SYSTEM.role).limit(1)
    if not entry.is_published or session.scalar(seen) is not None:
        return
    entry.hold(SYSTEM)
    holds.put(session, entry.id, [Finding(Kind.REPORTS)])


def believed(session: Session, entry_id: int) -> float:
    """The sum of the credits of trusted people who have reported an entry."""
    reporters = (
        select(Person).join(Report, Report.reporter_id == Person.id).where(Report.entry_id == entry_id, Report.resolved_at.is_(None))
    )
    trusted = [person.id for person in session.scalars(reporters) if person.standing is Level.TRUSTED]
    if not trusted:
        return 0.0
    counts = [func.count(case((Report.outcome == outcome, 1))) for outcome in ("upheld", "declined")]
    record = select(Report.reporter_id, *counts).where(Report.reporter_id.in_(trusted)).group_by(Report.reporter_id)
    return sum(credit(row[1], row[2]) for row in session.execute(record).all())


def let_out(session: Session, entry: Entry, by: Actor) -> None:
    """The reports were declined: an entry that waited for nothing else is there again."""
    if entry.state != State.WAITING:
        return
    session.flush()
    kinds = {hold.kind for hold in session.scalars(holds.why([entry.id]))}
    if kinds == {Kind.REPORTS}:
        entry.let_out(by)
