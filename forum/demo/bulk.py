"""A volume of practices and what belongs to them, for benchmarks: deterministic, by bulk inserts, every counter agreeing with its rows."""

import hashlib
from collections import defaultdict
from collections.abc import Callable

from argon2.low_level import Type, hash_secret
from sqlalchemy import Table, exists, func, insert, select, text, update
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.adoptions.models import AdoptionNote
from forum.attachments.models import Attachment
from forum.core import stamps
from forum.core.errors import Refused
from forum.core.events import Event
from forum.core.model import Base
from forum.demo.adopting import Adopting, finish
from forum.demo.prose import Prose
from forum.demo.requesting import Requesting
from forum.demo.rows import Rows, Writer, people
from forum.demo.volume import Volume, plan
from forum.entries.models import Entry
from forum.open_data import counting as sums
from forum.practices.models import Practice, practice_tags
from forum.taxonomy.models import Tag

BATCH = 2_000
# In this order, for foreign keys.
TABLES: dict[str, Table] = {
    name: Base.metadata.tables[name] for name in (
        *("entries", "practices", "comments", "practice_tags", "attachments", "attachment_texts", "votes", "events"),
        *("adoptions", "adoption_people", "adoption_notes", "solution_requests", "request_tags"),
    )
}
SERIAL = (Person, Entry, Event, AdoptionNote, Attachment)


def write(session: Session, volume: Volume, password: str, cost: tuple[int, int, int], progress: Callable[[int], object]) -> None:
    """Add the volume, committing batch by batch. Raises Refused("demo.seed_used") where one of this seed is there."""
    if session.scalar(select(exists().where(Person.handle == f"bulk{volume.seed}-0"))):
        raise Refused("demo.seed_used")
    scheme = plan(session, volume)
    scheme.first_person = (session.scalar(select(func.max(Person.id))) or 0) + 1
    scheme.first_file = (session.scalar(select(func.max(Attachment.id))) or 0) + 1
    _insert(session, {"people": list(people(scheme, _hash(password, volume.seed, cost)))}, {"people": Base.metadata.tables["people"]})
    prose = Prose(scheme.chance)
    writer = Writer(scheme, prose)
    for make, total in ((writer.practice, volume.practices), (writer.comment, volume.comments)):
        _fill(session, make, total, progress)
    next_entry = scheme.first_entry + volume.practices + volume.comments
    if volume.adoptions:
        adopting = Adopting(session, scheme, writer, prose)
        _fill(session, adopting.adoption, len(adopting.pairs), progress)
        next_entry += len(adopting.pairs)
        finish(session)
    _fill(session, Requesting(scheme, next_entry, prose).request, volume.requests, progress)
    _finish(session)


def _fill(session: Session, make: Callable[[int, Rows], None], total: int, progress: Callable[[int], object]) -> None:
    """Rows batch by batch; `make` adds those of one number."""
    for start in range(0, total, BATCH):
        rows: Rows = defaultdict(list)
        numbers = range(start, min(start + BATCH, total))
        for number in numbers:
            make(number, rows)
        _insert(session, rows, TABLES)
        progress(len(numbers))


def _insert(session: Session, rows: Rows, tables: dict[str, Table]) -> None:
    connection = session.connection()
    for name, table in tables.items():
        if rows.get(name):
            connection.execute(insert(table), rows[name])
    session.commit()


def _finish(session: Session) -> None:
    """What follows from all rows together: uses of tags, the numbers the database goes on with, and the version of guests' pages."""
    used = (
        select(func.count()).select_from(practice_tags.join(Practice.__table__)).where(
            practice_tags.c.tag_id == Tag.id, Practice.listed_at.is_not(None)
        )
    )  # fmt: skip
    session.execute(update(Tag).values(uses=used.scalar_subquery()).execution_options(synchronize_session=False))
    if session.get_bind().dialect.name == "postgresql":
        for table in SERIAL:
            name = table.__tablename__
            session.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"))
    sums.keep(session, sums.count(session))
    stamps.bump(session)
    session.commit()
    session.execute(text("ANALYZE"))
    session.commit()


def _hash(password: str, seed: int, cost: tuple[int, int, int]) -> str:
    """A hash of the usual kind whose salt follows from the seed, so that the rows are the same each time."""
    time, memory, lanes = cost
    salt = hashlib.sha256(f"bulk {seed}".encode()).digest()[:16]
    return hash_secret(password.encode(), salt, time, memory, lanes, 32, Type.ID).decode()
