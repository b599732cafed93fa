"""What waits for a moderator, and what moderators have done."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import Person
from forum.core.actor import Actor
from forum.core.events import Event
from forum.entries.models import Entry, State
from forum.entries.policy import visible_to
from forum.moderation.decisions import DECISIONS
from forum.moderation.models import Claim, Report
from forum.moderation.queue import scope
from forum.moderation.sources import SOURCES
from forum.places.models import Municipality

COUNTED = 100
PUBLIC_STEPS = (
    "moderation.approved",
    "moderation.edited",
    "moderation.merged",
    "moderation.moved",
    "moderation.pinned",
    "moderation.undone",
    "moderation.unpinned",
    "moderation.returned",
    "moderation.hidden",
    "moderation.restored",
    "moderation.locked",
    "moderation.unlocked",
    "moderation.suspended",
    "moderation.released",
    "moderation.verified",
    "moderation.reports_declined",
    "moderation.question_hidden",
    "moderation.question_restored",
)


def waiting(actor: Actor) -> Select[Entry]:
    """Entries with something to decide within the moderator's scope: first posts and reported ones; never one's own."""
    reported = and_(Entry.id.in_(select(Report.entry_id).where(Report.resolved_at.is_(None))), Entry.state != State.DRAFT)
    return select(Entry).where(or_(Entry.state == State.WAITING, reported), *scope(actor))


def size(session: Session, actor: Actor) -> int:
    """How much waits for the moderator; counting stops at 100."""
    ids = waiting(actor).with_only_columns(Entry.id).limit(COUNTED).subquery()
    entries = session.scalar(select(func.count()).select_from(ids)) or 0
    return min(COUNTED, entries + sum(source.count(session, actor) for source in SOURCES.values()))


class Shown(NamedTuple):
    """An entry of the queue, who has taken it (perhaps no longer), and the event of the last decision on it (0 for none)."""

    entry: Entry
    claim: Claim | None
    last: int


def shown(session: Session, ids: Iterable[int]) -> dict[int, Shown]:
    """Entries with authors, their places, and what they are about; the queue has asked whether they may be seen."""
    who = joinedload(Entry.author).joinedload(Person.municipality).joinedload(Municipality.region)
    decided = select(func.max(Event.id)).where(Event.entry_id == Entry.id, Event.kind.in_(DECISIONS)).scalar_subquery()
    query = select(Entry, Claim, decided).outerjoin(Claim, Claim.entry_id == Entry.id).where(Entry.id.in_(list(ids)))
    rows = session.execute(query.options(who, joinedload(Entry.root), joinedload(Claim.person)))
    return {entry.id: Shown(entry, claim, last or 0) for entry, claim, last in rows}


def open_reports(session: Session, entry_ids: Iterable[int]) -> dict[int, list[Report]]:
    """Open reports by entry, oldest first, with their authors."""
    query = (
        select(Report)
        .where(Report.entry_id.in_(list(entry_ids)), Report.resolved_at.is_(None))
        .options(joinedload(Report.reporter))
        .order_by(Report.id)
    )
    found: dict[int, list[Report]] = defaultdict(list)
    for report in session.scalars(query):
        found[report.entry_id].append(report)
    return found


def log() -> Select[Event]:
    """All steps of moderators, newest first."""
    return select(Event).where(Event.kind.in_(PUBLIC_STEPS)).order_by(Event.id.desc())


def visible_entry(entry_id: int, actor: Actor) -> Select[Entry]:
    """An entry the actor may read, with what deciding on it needs."""
    return select(Entry).where(Entry.id == entry_id, visible_to(actor)).options(joinedload(Entry.author), joinedload(Entry.root))


def held_entry(entry_id: int, actor: Actor) -> Select[Entry]:
    """The same, held against others until the transaction ends."""
    return visible_entry(entry_id, actor).with_for_update(of=Entry).execution_options(populate_existing=True)


def person(handle: str) -> Select[Person]:
    """A person with their place."""
    return select(Person).where(Person.handle == handle).options(joinedload(Person.municipality))
