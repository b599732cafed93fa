"""What waits for a moderator, and what moderators have done."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import Person
from forum.core.actor import Actor
from forum.core.events import Event
from forum.entries.models import Entry, State
from forum.entries.policy import visible_to
from forum.moderation.models import Report
from forum.places.models import Municipality

COUNTED = 100
PUBLIC_STEPS = (
    "moderation.approved",
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


def waiting(actor: Actor, kind: str = "") -> Select[Entry]:
    """Entries with something to decide within the moderator's scope: first posts and reported ones; never one's own.

    `kind` narrows: `posts` or `reports`.
    """
    first_post = Entry.state == State.WAITING
    reported = and_(Entry.id.in_(select(Report.entry_id).where(Report.resolved_at.is_(None))), Entry.state != State.DRAFT)
    wanted = {"posts": first_post, "reports": reported}.get(kind, or_(first_post, reported))
    query = select(Entry).where(wanted, visible_to(actor), Entry.author_id != actor.id)
    if actor.regions is not None:
        query = query.where(Entry.region_code.in_(sorted(actor.regions)))
    who = joinedload(Entry.author).joinedload(Person.municipality).joinedload(Municipality.region)
    return query.options(who, joinedload(Entry.root)).order_by(Entry.id)


def size(session: Session, actor: Actor) -> int:
    """How much waits for the moderator; counting stops at 100."""
    return (
        session.scalar(
            select(func.count()).select_from(waiting(actor).options().with_only_columns(Entry.id).order_by(None).limit(COUNTED).subquery())
        )
        or 0
    )


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


def person(handle: str) -> Select[Person]:
    """A person with their place."""
    return select(Person).where(Person.handle == handle).options(joinedload(Person.municipality))
