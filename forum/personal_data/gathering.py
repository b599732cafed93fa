"""What a person takes away: all rows that are theirs, by table, and the files they uploaded."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Table, or_, select
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.attachments.models import Attachment
from forum.core.events import Event
from forum.core.letters import Letter
from forum.core.model import Base
from forum.entries.models import Entry
from forum.personal_data.inventory import CONTINUED, INVENTORY, SECRET

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """An uploaded file: where it lies in the store, and what it is called in the archive."""

    key: str
    name: str
    size: int


def tables_of(person_id: int) -> list[str]:
    """The names under which `rows_of` gives rows, in the order of the archive."""
    return ["people", *dict.fromkeys(place.table for place in INVENTORY if place.copied), *CONTINUED, "events", "letters"]


def rows_of(session: Session, person_id: int, name: str) -> list[Row]:
    """The rows of one table that are a person's own, without what opens doors."""
    if name in ("events", "letters"):
        return _events(session, person_id) if name == "events" else _letters(session, person_id)
    table = Base.metadata.tables[name]
    if name == "people":
        where = table.c.id == person_id
    elif name in CONTINUED:
        where = table.c.id.in_(select(Entry.id).where(Entry.author_id == person_id))
    else:
        where = or_(*(table.c[place.column] == person_id for place in INVENTORY if place.table == name and place.copied))
    return list(_plain(session, table, where))


def _plain(session: Session, table: Table, where: Any) -> Iterator[Row]:
    columns = [column for column in table.columns if column.name not in SECRET]
    for row in session.execute(select(*columns).where(where).order_by(*table.primary_key.columns)):
        yield {column.name: _value(value) for column, value in zip(columns, row, strict=True)}


def _value(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_value(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):  # a row of a card
        return {name: _value(one) for name, one in asdict(value).items()}
    return float(value) if isinstance(value, Decimal) else value


def _events(session: Session, person_id: int) -> list[Row]:
    """What they did and what was done about them; not by whom, which is another's."""
    query = select(Event).where(or_(Event.actor_id == person_id, Event.person_id == person_id)).order_by(Event.id)
    return [
        {
            "kind": event.kind,
            "at": event.at.isoformat(),
            "entry_id": event.entry_id,
            "reason": event.reason,
            "by": "you" if event.actor_id == person_id else event.actor_role,
        }
        for event in session.scalars(query)
    ]


def _letters(session: Session, person_id: int) -> list[Row]:
    email = session.scalar(select(Person.email).where(Person.id == person_id))
    query = select(Letter.template, Letter.created_at, Letter.sent_at).where(Letter.to == email).order_by(Letter.id)
    return [{"about": row.template, "written_at": _value(row.created_at), "sent_at": _value(row.sent_at)} for row in session.execute(query)]


def files_of(session: Session, person_id: int) -> list[File]:
    """Files the person uploaded, under names that tell what they belong to."""
    query = select(Attachment).where(Attachment.uploaded_by_id == person_id).order_by(Attachment.id)
    return [File(one.key, f"{one.entry_id}/{one.id}-{one.name}", one.size) for one in session.scalars(query)]
