"""The log that can't be rewritten unseen: every moderation event once more, each row bound to the one before by its hash.

Rows are written by a witness of all events, in the transaction of the event and last in it: no step of a moderator can forget
them. Triggers of the database refuse to change or delete a row (migration 0009); `verify` finds what was changed past them.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Index, String, Text, event, func, insert, select
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from forum.accounts.models import Person
from forum.core import stamps
from forum.core.events import WITNESSES, Event
from forum.core.model import Base
from forum.entries.models import Entry
from forum.places.models import Municipality

PREFIX = "moderation."
GENESIS = "0" * 64
# PostgreSQL's lock of the chain's end, held until the commit; SQLite has one writer at a time anyway.
LOCK = 7_305_814_001
_WAITING = "moderation_events"


class LogRow(Base):
    """One link: what happened (`content`, canonical JSON) and SHA-256 of the hash before and the content.

    `at`, `kind`, `region_code` and `undoes` (the event a step has undone; once) repeat the content, to find rows by.
    """

    __tablename__ = "moderation_log"
    __table_args__ = (
        Index("ix_moderation_log_kind_sequence", "kind", "sequence"),
        Index("ix_moderation_log_region_code_sequence", "region_code", "sequence"),
    )
    affects_pages: ClassVar[bool] = False

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(unique=True)
    at: Mapped[datetime] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(60))
    region_code: Mapped[str | None] = mapped_column(String(2))
    undoes: Mapped[int | None] = mapped_column(unique=True)
    content: Mapped[str] = mapped_column(Text)
    hash: Mapped[str] = mapped_column(String(64))

    @property
    def said(self) -> Mapping[str, Any]:
        """The content: id, kind, at, actor_id, actor_role, entry_id, person_id, reason, data, region."""
        said: dict[str, Any] = json.loads(self.content)
        return said


def canonical(happened: Any, region: str | None) -> str:
    """An event as one line of JSON that is always the same: keys in order, no spaces, the moment in UTC."""
    names = ("id", "kind", "actor_id", "actor_role", "entry_id", "person_id", "reason", "data")
    said = {name: getattr(happened, name) for name in names} | {"at": happened.at.isoformat(), "region": region}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link(previous: str, content: str) -> str:
    """The hash of a row: SHA-256 of the previous row's hash (64 hexadecimal digits) followed by the content in UTF-8."""
    return hashlib.sha256((previous + content).encode("utf-8", "surrogatepass")).hexdigest()


def _notice(session: Session, kind: str, number: int) -> None:
    if kind.startswith(PREFIX):
        session.info.setdefault(_WAITING, []).append(number)
        stamps.mark(session)  # the public log shows it


WITNESSES.append(_notice)


@event.listens_for(Session, "before_commit")
def _bind(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    # By number, and read again: what a savepoint took back is not there any more.
    ids = session.info.pop(_WAITING, None)
    if ids:
        _append(session, ids)


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, ended: SessionTransaction) -> None:
    if ended.parent is None:
        session.info.pop(_WAITING, None)


def _append(session: Session, ids: list[int]) -> None:
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
    last = connection.execute(select(LogRow.sequence, LogRow.hash).order_by(LogRow.sequence.desc()).limit(1)).first()
    sequence, previous = (last.sequence, last.hash) if last else (0, GENESIS)
    for happened in connection.execute(_events().where(Event.id.in_(ids)).order_by(Event.id)).all():
        region = happened.region_of_entry if happened.entry_id is not None else happened.region_of_person
        content = canonical(happened, region)
        sequence, previous = sequence + 1, link(previous, content)
        connection.execute(insert(LogRow).values(sequence=sequence, content=content, hash=previous, **_columns(happened, region)))


def _events() -> Any:
    """Events with the region each lies in: that of the entry, else of the person's municipality."""
    columns = Event.__table__.columns
    return (
        select(*columns, Entry.__table__.c.region_code.label("region_of_entry"), Municipality.region_code.label("region_of_person"))
        .outerjoin(Entry.__table__, Entry.__table__.c.id == Event.entry_id)
        .outerjoin(Person, Person.id == Event.person_id)
        .outerjoin(Municipality, Municipality.id == Person.municipality_id)
    )


def _columns(happened: Any, region: str | None) -> dict[str, Any]:
    return {
        "event_id": happened.id,
        "at": happened.at,
        "kind": happened.kind,
        "region_code": region,
        "undoes": (happened.data or {}).get("undoes"),
    }


@dataclass(frozen=True, slots=True)
class Fault:
    """The first row that is not what it was. `what`: gap, hash, columns, event (the event says something else), unbound (in no row)."""

    sequence: int
    event_id: int | None
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many rows were found right, the hash of the last of them, and where the chain breaks, if it does."""

    rows: int
    head: str
    fault: Fault | None = None


def verify(session: Session) -> Verdict:
    """Walk the chain from the beginning, beside the events it tells of.

    Rows cut off its end together with their events leave no trace here: keep the hash this gives where the site can't reach it.
    """
    rows, previous = 0, GENESIS
    query = select(LogRow, Event).outerjoin(Event, Event.id == LogRow.event_id).order_by(LogRow.sequence)
    for row, happened in session.execute(query.execution_options(yield_per=500)):
        what = _fault(row, happened, rows + 1, previous)
        if what:
            return Verdict(rows, previous, Fault(row.sequence, row.event_id, what))
        rows, previous = rows + 1, row.hash
    bound = select(LogRow.event_id).where(LogRow.event_id == Event.id).exists()
    left = session.scalar(select(func.min(Event.id)).where(Event.kind.startswith(PREFIX), ~bound))
    return Verdict(rows, previous, Fault(rows + 1, left, "unbound") if left is not None else None)


def _fault(row: LogRow, happened: Event | None, sequence: int, previous: str) -> str:
    if row.sequence != sequence:
        return "gap"
    if row.hash != link(previous, row.content):
        return "hash"
    # The region stands in the content and in the column alone: the entry may have moved since.
    if happened is None or canonical(happened, row.region_code) != row.content:
        return "event"
    return "" if all(getattr(row, name) == value for name, value in _columns(happened, row.region_code).items()) else "columns"
