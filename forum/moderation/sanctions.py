"""What moderators do to people: warnings, silence in discussions, suspensions – each with a reason, and an end."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, Select, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from forum.accounts import queries
from forum.accounts.models import Person
from forum.core import events
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Forbidden, Refused
from forum.core.events import Event
from forum.core.model import Base
from forum.moderation.policy import can_discipline
from forum.moderation.undoing import undoes

LONGEST_DAYS = 365
LISTED = 50


class SanctionKind(StrEnum):
    """What a sanction takes away: nothing but a click, the discussions, or all writing."""

    WARNING = "warning"
    SILENCE = "silence"
    SUSPENSION = "suspension"


STARTED = {
    SanctionKind.WARNING: "moderation.warned",
    SanctionKind.SILENCE: "moderation.silenced",
    SanctionKind.SUSPENSION: "moderation.suspended",
}
ENDED = {
    SanctionKind.WARNING: "moderation.warning_lifted",
    SanctionKind.SILENCE: "moderation.unsilenced",
    SanctionKind.SUSPENSION: "moderation.released",
}


class Sanction(Base):
    """One sanction. `until` is None for a warning; `ended_at`: taken back, or replaced by another of its kind, before its time.

    What rules ask on every request stands on the person: `warned_at`, `silenced_until`, `suspended_until`.
    """

    __tablename__ = "sanctions"
    __table_args__ = (Index("ix_sanctions_person_id_id", "person_id", "id"),)
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(default=now)
    until: Mapped[datetime | None]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"))
    event_id: Mapped[int | None] = mapped_column(unique=True)
    acknowledged_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    person: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[person_id])

    def in_force(self, at: datetime) -> bool:
        """Whether it holds: a warning stands until it is taken back."""
        return self.ended_at is None and (self.until is None or self.until > at)


def warn(session: Session, person: Person, by: Actor, reason: str, entry_id: int | None = None) -> Sanction:
    """Warn a person, perhaps because of an entry of theirs: they write again once they say that they have read it."""
    made = _begin(session, SanctionKind.WARNING, person, by, reason, entry_id=entry_id)
    person.warned_at = made.at
    return made


def silence(session: Session, person: Person, by: Actor, days: int, reason: str) -> Sanction:
    """Keep a person out of discussions for some days (1 to 365): they write no comments, all else goes on."""
    made = _begin(session, SanctionKind.SILENCE, person, by, reason, days)
    person.silenced_until = made.until
    return made


def suspend(session: Session, person: Person, by: Actor, days: int, reason: str) -> Sanction:
    """Let a person only read for some days (1 to 365)."""
    made = _begin(session, SanctionKind.SUSPENSION, person, by, reason, days)
    person.suspended_until, person.suspended_reason = made.until, made.reason
    return made


def _begin(
    session: Session, kind: SanctionKind, person: Person, by: Actor, reason: str, days: int | None = None, entry_id: int | None = None
) -> Sanction:
    if days is not None and not 1 <= days <= LONGEST_DAYS:
        raise Refused("moderation.term_invalid", field="days")
    if not reason.strip():
        raise Refused("moderation.reason_missing", field="reason")
    _lock(session, person)
    at = now()
    until = at + timedelta(days=days) if days else None
    made = Sanction(person_id=person.id, kind=kind, reason=reason.strip()[:2000], at=at, until=until, by_id=by.id, entry_id=entry_id)
    for former in session.scalars(_standing(person.id, kind)) if days else ():
        former.ended_at, former.ended_by_id = at, by.id
    session.add(made)
    session.flush()
    more = {"sanction": made.id} | ({"days": days} if days else {})
    made.event_id = events.record(session, STARTED[kind], by=by, entry_id=entry_id, person_id=person.id, reason=made.reason, **more)
    return made


def end(session: Session, sanction: Sanction, by: Actor, reason: str = "") -> None:
    """Take a sanction back before its time; one that is over already stays as it is."""
    if _stop(session, sanction, by):
        kind, why = ENDED[SanctionKind(sanction.kind)], reason.strip()[:2000] or None
        events.record(session, kind, by=by, person_id=sanction.person_id, reason=why, sanction=sanction.id)


@undoes(*STARTED.values())
def _undo(session: Session, event: Event, by: Actor) -> None:
    sanction = session.scalar(by_event(event.id))
    if sanction is None:
        raise Refused("moderation.undo_late")
    if not can_discipline(by, session.execute(queries.as_actor(sanction.person_id)).unique().scalar_one()):
        raise Forbidden
    if not _stop(session, sanction, by):
        raise Refused("moderation.undo_late")


@undoes("moderation.verified")
def _unverify(session: Session, event: Event, by: Actor) -> None:
    person = session.execute(queries.as_actor(event.person_id or 0)).unique().scalar_one()
    if not can_discipline(by, person):
        raise Forbidden
    if person.verified_by_id != event.actor_id:
        raise Refused("moderation.undo_late")
    person.verified_at = person.verified_by_id = None


def _stop(session: Session, sanction: Sanction, by: Actor) -> bool:
    person = session.get_one(Person, sanction.person_id)
    _lock(session, person)
    session.refresh(sanction, attribute_names=["ended_at"])
    if not sanction.in_force(now()):
        return False
    sanction.ended_at, sanction.ended_by_id = now(), by.id
    _lift(session, sanction, person)
    return True


def _lift(session: Session, sanction: Sanction, person: Person) -> None:
    if sanction.kind == SanctionKind.SUSPENSION:
        person.suspended_until = person.suspended_reason = None
    elif sanction.kind == SanctionKind.SILENCE:
        person.silenced_until = None
    elif session.scalar(unread(person.id).where(Sanction.id != sanction.id).limit(1)) is None:
        person.warned_at = None


def release(session: Session, person: Person, by: Actor) -> None:
    """End a suspension before its time."""
    standing = session.scalars(_standing(person.id, SanctionKind.SUSPENSION)).all()
    for sanction in standing:
        end(session, sanction, by)
    if not standing and person.suspended_until is not None:
        person.suspended_until = person.suspended_reason = None
        events.record(session, ENDED[SanctionKind.SUSPENSION], by=by, person_id=person.id)


def acknowledge(session: Session, person: Person, by: Actor) -> None:
    """The person has read the warnings that stand: they may write again."""
    _lock(session, person)
    if person.warned_at is None:
        return
    for warning in session.scalars(unread(person.id)):
        warning.acknowledged_at = now()
        events.record(session, "warning.acknowledged", by=by, person_id=person.id, sanction=warning.id)
    person.warned_at = None


def unread(person_id: int) -> Select[Sanction]:
    """Warnings that stand and that the person has not acknowledged, the oldest first."""
    warnings = _standing(person_id, SanctionKind.WARNING).where(Sanction.acknowledged_at.is_(None))
    return warnings.order_by(Sanction.id)


def of_person(person_id: int) -> Select[Sanction]:
    """The sanctions there were, the last first."""
    return select(Sanction).where(Sanction.person_id == person_id).order_by(Sanction.id.desc()).limit(LISTED)


def by_event(event_id: int) -> Select[Sanction]:
    """The sanction that an event began."""
    return select(Sanction).where(Sanction.event_id == event_id)


def latest(person_id: int, kind: SanctionKind) -> Select[Sanction]:
    """The sanction of a kind that is in force."""
    return _standing(person_id, kind).order_by(Sanction.id.desc()).limit(1)


def _standing(person_id: int, kind: SanctionKind) -> Select[Sanction]:
    still = Sanction.until.is_(None) | (Sanction.until > now())
    return select(Sanction).where(Sanction.person_id == person_id, Sanction.kind == kind, Sanction.ended_at.is_(None), still)


def _lock(session: Session, person: Person) -> None:
    """Two moderators at once take turns."""
    session.flush()  # a refresh would throw away what another sanction has just set
    session.refresh(person, attribute_names=["warned_at", "silenced_until", "suspended_until", "suspended_reason"], with_for_update=True)
