"""How moderation keeps up: what is open, how long decisions take, and where the work comes from."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from forum.core.actor import Actor
from forum.core.events import Event
from forum.entries.models import Entry, State
from forum.moderation.appeals import Appeal
from forum.moderation.chain import LogRow
from forum.moderation.models import Report

# Of each kind no more rows are looked at, the latest first: the page costs the same however much there is.
MOST = 5000
FIRST_POST, APPEAL, PERSON = "first_post", "appeal", "person"
SUBMITTED = ("practice.submitted", "comment.submitted")


@dataclass(frozen=True, slots=True)
class Handled:
    """A case: `reason` of the first report, or `first_post` or `appeal`; `kind` of the entry, or `person`."""

    reason: str
    kind: str
    region: str | None
    opened: datetime
    closed: datetime | None

    @property
    def took(self) -> timedelta | None:
        """From its opening to the decision."""
        return self.closed - self.opened if self.closed else None


@dataclass(frozen=True, slots=True)
class Group:
    """Cases that have something in common."""

    key: Any
    received: int
    decided: int
    open: int
    median: timedelta | None


def handled(session: Session, actor: Actor, since: datetime) -> list[Handled]:
    """Cases within the actor's regions that are open, or were decided since a moment."""
    return [*_reported(session, actor, since), *_first_posts(session, actor, since), *_appeals(session, actor, since)]


def typical(cases: Iterable[Handled]) -> timedelta | None:
    """The median of the time to decision: half was decided sooner."""
    took = [case.took.total_seconds() for case in cases if case.took is not None]
    return timedelta(seconds=median(took)) if took else None


def grouped(cases: Sequence[Handled], by: Callable[[Handled], Hashable], since: datetime) -> list[Group]:
    """Cases by something, those with most first."""
    parts: dict[Hashable, list[Handled]] = defaultdict(list)
    for case in cases:
        parts[by(case)].append(case)
    groups = [_group(key, part, since) for key, part in parts.items()]
    return sorted(groups, key=lambda group: (-(group.open + group.decided), str(group.key)))


def _group(key: Any, cases: Sequence[Handled], since: datetime) -> Group:
    received, decided = sum(case.opened >= since for case in cases), sum(case.closed is not None for case in cases)
    return Group(key, received, decided, len(cases) - decided, typical(cases))


def weekly(cases: Sequence[Handled], starts: Sequence[datetime]) -> list[Group]:
    """For each week, by its first moment: what came in, what was decided, how long that took, what of it is still open."""
    weeks = []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else datetime.max.replace(tzinfo=start.tzinfo)
        came = [case for case in cases if start <= case.opened < end]
        done = [case for case in cases if case.closed and start <= case.closed < end]
        weeks.append(Group(start, len(came), len(done), sum(case.closed is None for case in came), typical(done)))
    return weeks


def _within(actor: Actor, column: Any) -> list[ColumnElement[bool]]:
    return [] if actor.regions is None else [column.in_(sorted(actor.regions))]


def _reported(session: Session, actor: Actor, since: datetime) -> list[Handled]:
    """Reports on one entry that were decided together are one case."""
    columns = (Report.entry_id, Report.reason, Report.at, Report.resolved_at, Entry.kind, Entry.region_code)
    query = select(*columns).join(Entry, Entry.id == Report.entry_id).where(*_within(actor, Entry.region_code)).limit(MOST)
    waiting = query.where(Report.resolved_at.is_(None), Entry.state != State.DRAFT).order_by(Report.at.desc())
    done = query.where(Report.resolved_at >= since).order_by(Report.resolved_at.desc())
    cases: dict[Hashable, Handled] = {}
    for row in sorted([*session.execute(waiting), *session.execute(done)], key=lambda row: row.at):
        made = Handled(row.reason, row.kind, row.region_code, row.at, row.resolved_at)
        cases.setdefault((row.entry_id, row.resolved_at), made)
    return list(cases.values())


def _first_posts(session: Session, actor: Actor, since: datetime) -> list[Handled]:
    columns = (Entry.kind, Entry.region_code, Entry.changed_at)
    query = select(*columns).where(Entry.state == State.WAITING, *_within(actor, Entry.region_code))
    waiting = session.execute(query.order_by(Entry.changed_at.desc()).limit(MOST))
    cases = [Handled(FIRST_POST, row.kind, row.region_code, row.changed_at, None) for row in waiting]
    decided = _decided_posts(session, actor, since)
    submitted = _submissions(session, {entry for entry, _ in decided})
    for (entry, region), closed in decided.items():
        before = [(at, kind) for at, kind in submitted[entry] if at <= closed]
        if before:
            opened, kind = max(before)
            cases.append(Handled(FIRST_POST, kind, region, opened, closed))
    return cases


def _decided_posts(session: Session, actor: Actor, since: datetime) -> dict[tuple[int, str | None], datetime]:
    """First posts that were let through, hidden or returned: when."""
    kinds = ("moderation.approved", "moderation.hidden", "moderation.returned")
    query = select(LogRow).where(LogRow.kind.in_(kinds), LogRow.at >= since, *_within(actor, LogRow.region_code))
    found: dict[tuple[int, str | None], datetime] = {}
    for row in session.scalars(query.order_by(LogRow.at.desc()).limit(MOST)):
        said = row.said
        if row.kind == "moderation.approved" or said["data"].get("state") == State.WAITING:
            found.setdefault((said["entry_id"], row.region_code), row.at)
    return found


def _submissions(session: Session, entries: set[int]) -> dict[int, list[tuple[datetime, str]]]:
    """When each entry was handed in, and its kind."""
    found: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    query = select(Event.entry_id, Event.at, Event.kind).where(Event.entry_id.in_(entries), Event.kind.in_(SUBMITTED))
    for entry, at, kind in session.execute(query) if entries else ():
        found[entry or 0].append((at, kind.partition(".")[0]))
    return found


def _appeals(session: Session, actor: Actor, since: datetime) -> list[Handled]:
    columns = (Appeal.at, Appeal.resolved_at, Appeal.region_code, Entry.kind)
    query = select(*columns).outerjoin(Entry, Entry.id == Appeal.entry_id).where(*_within(actor, Appeal.region_code)).limit(MOST)
    waiting = query.where(Appeal.resolved_at.is_(None)).order_by(Appeal.id.desc())
    done = query.where(Appeal.resolved_at >= since).order_by(Appeal.resolved_at.desc())
    rows = [*session.execute(waiting), *session.execute(done)]
    return [Handled(APPEAL, row.kind or PERSON, row.region_code, row.at, row.resolved_at) for row in rows]
