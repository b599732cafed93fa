"""The queue: everything that waits for a decision, the weightiest first."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import case, func, literal, select, true, union, union_all
from sqlalchemy.orm import Session

from forum.core.actor import Actor
from forum.entries.models import Entry, State
from forum.entries.policy import visible_to
from forum.moderation.models import Claim, Report
from forum.moderation.sources import SOURCES, Waiting
from forum.moderation.weight import credit, weight

# Of first posts the oldest, of reported entries those with most reports: more is never weighed at once.
WINDOW = 300
REPORTS = 3000
POSTS, REPORTED = "posts", "reports"
AGES = {"day": timedelta(days=1), "3days": timedelta(days=3), "week": timedelta(days=7)}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks for. `kind`: posts, reports or the key of a source; `age`: waits longer than one of `AGES`."""

    kind: str = ""
    region: str = ""
    age: str = ""
    reason: str = ""
    mine: bool = False

    def since(self, at: datetime) -> datetime | None:
        """What has been waiting since before this moment."""
        return at - AGES[self.age] if self.age in AGES else None


@dataclass(frozen=True, slots=True)
class Case:
    """An entry with something to decide."""

    id: int
    since: datetime
    weight: float
    first_post: bool = False
    reports: int = 0

    @property
    def key(self) -> str:
        """That of the source; entries are the queue's own."""
        return ""


@dataclass(slots=True)
class _Draft:
    since: datetime
    first_post: bool = False
    reports: int = 0
    credits: list[float] = field(default_factory=list)


def scope(actor: Actor) -> list[Any]:
    """Entries the actor decides on: in their regions, never their own."""
    # `IS TRUE` means the same and keeps planners from looking these up: few entries wait, and those lead.
    within = [visible_to(actor).is_(true()), Entry.author_id != actor.id]
    return within if actor.regions is None else [*within, Entry.region_code.in_(sorted(actor.regions)).is_(true())]


def size(session: Session, actor: Actor, limit: int) -> int:
    """How many entries wait for the actor; counting stops at `limit`."""
    nothing, at = Filters(), datetime.max.replace(tzinfo=UTC)
    parts = [part(actor, nothing, at).limit(limit).order_by(None).subquery() for part in (_posts, _reported)]
    ids = union(*(select(part.c.id) for part in parts)).limit(limit).subquery()
    return session.scalar(select(func.count()).select_from(ids)) or 0


def cases(session: Session, actor: Actor, filters: Filters, at: datetime) -> list[Waiting]:
    """What waits for the actor and meets the filters, the weightiest first; at most `WINDOW` of each kind."""
    found: dict[int, _Draft] = {}
    for id, since, reports in _candidates(session, actor, filters, at):
        one = found.setdefault(id, _Draft(since))
        one.since, one.reports, one.first_post = min(one.since, since), max(one.reports, reports), one.first_post or not reports
    _believe(session, found)
    weighed: list[Waiting] = [
        Case(id, one.since, weight(one.credits, at - one.since, one.first_post), one.first_post, one.reports) for id, one in found.items()
    ]
    for source in SOURCES.values():
        if filters.kind in ("", source.key):
            weighed.extend(source.cases(session, actor, filters, at))
    return sorted(weighed, key=lambda one: (-one.weight, one.since, one.id))


def _candidates(session: Session, actor: Actor, filters: Filters, at: datetime) -> Sequence[Any]:
    """Entry, since when, and how many open reports (0: a first post); in one statement."""
    parts = []
    if filters.kind in ("", POSTS) and not filters.reason:
        parts.append(_posts(actor, filters, at).subquery())
    if filters.kind in ("", REPORTED):
        parts.append(_reported(actor, filters, at).subquery())
    return session.execute(union_all(*map(select, parts))).all() if parts else ()


def _narrowed(query: Any, actor: Actor, filters: Filters, at: datetime) -> Any:
    query = query.where(*scope(actor))
    if filters.region:
        query = query.where(Entry.region_code == filters.region)
    if filters.mine:
        query = query.where(Entry.id.in_(select(Claim.entry_id).where(Claim.person_id == actor.id, Claim.until > at)))
    return query.limit(WINDOW)


def _posts(actor: Actor, filters: Filters, at: datetime) -> Any:
    query: Any = select(Entry.id, Entry.changed_at.label("since"), literal(0).label("reports")).where(Entry.state == State.WAITING)
    since = filters.since(at)
    if since is not None:
        query = query.where(Entry.changed_at < since)
    return _narrowed(query, actor, filters, at).order_by(Entry.changed_at, Entry.id)


def _reported(actor: Actor, filters: Filters, at: datetime) -> Any:
    oldest, number = func.min(Report.at, type_=Report.at.type), func.count()
    query: Any = select(Report.entry_id.label("id"), oldest.label("since"), number.label("reports")).join(Report.entry)
    query = query.where(Report.resolved_at.is_(None), Entry.state != State.DRAFT).group_by(Report.entry_id)
    if filters.reason:
        query = query.where(Report.reason == filters.reason)
    since = filters.since(at)
    if since is not None:
        query = query.having(oldest < since)
    return _narrowed(query, actor, filters, at).order_by(number.desc(), oldest)


def _believe(session: Session, found: dict[int, _Draft]) -> None:
    """Give each case the credit of those who reported it, by what came of their earlier reports."""
    reported = [id for id, one in found.items() if one.reports]
    if not reported:
        return
    made = (
        select(Report.entry_id, Report.reporter_id).where(Report.entry_id.in_(reported), Report.resolved_at.is_(None)).limit(REPORTS).cte()
    )
    counts = [func.count(case((Report.outcome == outcome, 1))).label(outcome) for outcome in ("upheld", "declined")]
    people = Report.reporter_id.in_(select(made.c.reporter_id))
    record = select(Report.reporter_id, *counts).where(people, Report.outcome.is_not(None)).group_by(Report.reporter_id).subquery()
    query = select(made.c.entry_id, record.c.upheld, record.c.declined).outerjoin(record, record.c.reporter_id == made.c.reporter_id)
    for id, upheld, declined in session.execute(query):
        found[id].credits.append(credit(upheld or 0, declined or 0))
