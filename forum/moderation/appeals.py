"""Appeals: once per decision, within a month, judged by somebody else."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, Select, String, Text, and_, func, or_, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from forum.accounts.models import Person, Role
from forum.core import events
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Forbidden, Refused
from forum.core.events import Event
from forum.core.model import Base
from forum.entries.models import Entry
from forum.moderation.queue import Filters
from forum.moderation.standing import AGAINST_ENTRY, APPEALABLE, check_standing, taken_back
from forum.moderation.undoing import undo
from forum.moderation.weight import weight
from forum.places.models import Municipality

TERM = timedelta(days=30)
LONGEST = 5000
COUNTED = 100
KEY, WINDOW = "appeals", 100
UPHELD, DECLINED, MOOT = "upheld", "declined", "moot"
# What `undo` says where there is nothing left to undo.
OVER = ("moderation.undone", "moderation.undo_late")


class Appeal(Base):
    """What a person holds against a decision on what they wrote or on themselves; open until another moderator decides.

    Where the decision is taken back first, it closes by itself (`outcome` moot, see `forum.moderation.moot`).
    """

    __tablename__ = "appeals"
    __table_args__ = (
        Index("ix_appeals_resolved_at_id", "resolved_at", "id"),
        Index("ix_appeals_person_id_id", "person_id", "id"),
    )
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"))
    against: Mapped[str] = mapped_column(String(60))  # the kind of the decision
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(default=now)
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    outcome: Mapped[str | None] = mapped_column(String(20))
    answer: Mapped[str | None] = mapped_column(Text)

    event: Mapped[Event] = relationship(lazy="raise_on_sql")
    person: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[person_id])


def may_appeal(actor: Actor, event: Event) -> bool:
    """Whether the decision can be appealed by the one whom it concerns, as far as the event alone tells. The suspended may too."""
    return (
        not actor.is_guest
        and event.kind in APPEALABLE
        and event.person_id == actor.id
        and event.actor_id != actor.id
        and event.at > now() - TERM
    )


def decision_on(entry_id: int, person_id: int) -> Select[Event]:
    """The last decision on an entry that its author may still appeal."""
    mine = (Event.entry_id == entry_id, Event.person_id == person_id, Event.kind.in_(AGAINST_ENTRY), Event.at > now() - TERM)
    return select(Event).where(*mine).order_by(Event.id.desc()).limit(1)


def of_event(event_id: int) -> Select[Appeal]:
    """The appeal against a decision."""
    return select(Appeal).where(Appeal.event_id == event_id)


def by_id(id: int) -> Select[Appeal]:
    """One appeal with who made it and what it is against."""
    return select(Appeal).where(Appeal.id == id).options(joinedload(Appeal.person), joinedload(Appeal.event))


def appeal(session: Session, event: Event, by: Actor, text: str) -> Appeal:
    """Hand in an appeal. Raises Forbidden; Refused: `appeal.text_missing`, `text.too_long`, `appeal.over`, `appeal.made`."""
    if not may_appeal(by, event):
        raise Forbidden
    if not text.strip():
        raise Refused("appeal.text_missing", field="text")
    if len(text.strip()) > LONGEST:
        raise Refused("text.too_long", field="text", limit=LONGEST)
    session.refresh(event, attribute_names=["kind"], with_for_update=True)  # a double press waits here
    if session.scalar(of_event(event.id)) is not None:
        raise Refused("appeal.made")
    check_standing(session, event)
    made = Appeal(
        event_id=event.id,
        person_id=event.person_id,
        entry_id=event.entry_id,
        against=event.kind,
        region_code=_region(session, event),
        decided_by_id=event.actor_id,
        text=text.strip(),
    )
    session.add(made)
    events.record(session, "moderation.appealed", by=by, entry_id=event.entry_id, person_id=by.id, decision=event.id)
    return made


def _region(session: Session, event: Event) -> str | None:
    if event.entry_id is not None:
        return session.scalar(select(Entry.region_code).where(Entry.id == event.entry_id))
    place = select(Municipality.region_code).join(Person, Person.municipality_id == Municipality.id)
    return session.scalar(place.where(Person.id == event.person_id))


def can_judge(actor: Actor, made: Appeal) -> bool:
    """Moderators of the region and of the whole site; never who took the decision, nor who appeals against it.

    A sanction on a moderator is for admins, as sanctions on them are. `person` must be loaded.
    """
    within = actor.may_write and actor.moderates(made.region_code) and actor.id not in (made.decided_by_id, made.person_id)
    return within and (actor.is_admin or made.against in AGAINST_ENTRY or made.person.role == Role.EMPLOYEE)


def open_to(actor: Actor) -> Select[Appeal]:
    """Open appeals that the moderator may judge."""
    decider = or_(Appeal.decided_by_id.is_(None), Appeal.decided_by_id != actor.id)
    query = select(Appeal).where(Appeal.resolved_at.is_(None), decider, Appeal.person_id != actor.id)
    if not actor.is_admin:
        staff = select(Person.id).where(Person.role != Role.EMPLOYEE)
        query = query.where(or_(Appeal.against.in_(AGAINST_ENTRY), Appeal.person_id.not_in(staff)))
    return query if actor.regions is None else query.where(Appeal.region_code.in_(sorted(actor.regions)))


def resolved_for(actor: Actor) -> Select[Appeal]:
    """Appeals that were decided, within the moderator's scope."""
    scope = Appeal.resolved_at.is_not(None)
    return select(Appeal).where(scope if actor.regions is None else and_(scope, Appeal.region_code.in_(sorted(actor.regions))))


def waiting_appeals(session: Session, actor: Actor) -> int:
    """How many appeals wait for this moderator; counting stops at 100."""
    if not (actor.is_moderator and actor.may_write):
        return 0
    waiting = open_to(actor).with_only_columns(Appeal.id).order_by(None).limit(COUNTED).subquery()
    return session.scalar(select(func.count()).select_from(waiting)) or 0


@dataclass(frozen=True, slots=True)
class AppealCase:
    """An appeal as a case of the queue: as heavy as a report that is surely right."""

    id: int
    since: datetime
    weight: float
    appeal: Appeal
    key: str = KEY


def cases(session: Session, actor: Actor, filters: Filters, at: datetime) -> list[AppealCase]:
    """The oldest of the appeals that wait for the actor. They have no reason of a report, and nobody takes them."""
    if filters.reason or filters.mine:
        return []
    query, since = open_to(actor).options(joinedload(Appeal.person)), filters.since(at)
    if filters.region:
        query = query.where(Appeal.region_code == filters.region)
    if since is not None:
        query = query.where(Appeal.at < since)
    found = session.scalars(query.order_by(Appeal.id).limit(WINDOW))
    return [AppealCase(one.id, one.at, weight((1.0,), at - one.at), one) for one in found]


def uphold(session: Session, made: Appeal, by: Actor, reason: str) -> None:
    """The decision was wrong: it is taken back, where it still stands.

    Raises Forbidden where the judge may not undo it, Refused `appeal.judged` where another has judged meanwhile.
    """
    if not _close(session, made, by, UPHELD, reason):
        return
    try:
        undo(session, session.get_one(Event, made.event_id), by, made.answer or "")
    except Refused as refusal:
        if refusal.code not in OVER:
            raise
    _say(session, made, by)


def decline(session: Session, made: Appeal, by: Actor, reason: str) -> None:
    """The decision was right, and why. Raises Refused `appeal.taken_back` where it was taken back a moment ago."""
    if made.resolved_at is None and taken_back(session, session.get_one(Event, made.event_id)):
        raise Refused("appeal.taken_back")
    if _close(session, made, by, DECLINED, reason):
        _say(session, made, by)


def _close(session: Session, made: Appeal, by: Actor, outcome: str, reason: str) -> bool:
    if not can_judge(by, made):
        raise Forbidden
    if not reason.strip():
        raise Refused("moderation.reason_missing", field="reason")
    session.refresh(made, attribute_names=["resolved_at", "resolved_by_id", "outcome", "answer"], with_for_update=True)
    if made.resolved_at is not None:
        if (made.resolved_by_id, made.outcome) == (by.id, outcome):
            return False  # one's own button, pressed twice
        raise Refused("appeal.moot" if made.outcome == MOOT else "appeal.judged")
    made.resolved_at, made.resolved_by_id = now(), by.id
    made.outcome, made.answer = outcome, reason.strip()[:2000]
    return True


def _say(session: Session, made: Appeal, by: Actor) -> None:
    more = {"decision": made.event_id, "decided_by": made.decided_by_id}
    kind = f"moderation.appeal_{made.outcome}"
    events.record(session, kind, by=by, entry_id=made.entry_id, person_id=made.person_id, reason=made.answer, **more)
