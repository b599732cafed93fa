"""Erasing a person: what was published stays readable without its author's name, everything else that is theirs goes."""

import secrets
from collections.abc import Iterable, Iterator
from typing import Any

import structlog
from flask import current_app
from sqlalchemy import Column, Table, delete, func, select, update
from sqlalchemy.orm import Session

from forum.accounts import sessions
from forum.accounts.models import ERASED, Person, Role
from forum.attachments.models import Attachment
from forum.core import events, stamps
from forum.core.actor import SYSTEM, Actor
from forum.core.clock import now
from forum.core.database import reading
from forum.core.errors import Refused
from forum.core.files import FileStore
from forum.core.letters import Letter, write_letter
from forum.core.model import Base
from forum.entries.models import Entry, State
from forum.extensions import db
from forum.personal_data import queries
from forum.personal_data.copying import public
from forum.personal_data.inventory import INVENTORY, Fate
from forum.personal_data.models import TERM, DataCopy, Erasure
from forum.practices import ownership
from forum.practices.models import Practice
from forum.web.templating import moment

NAME = "Удалённый участник"

log = structlog.get_logger()


def ask(session: Session, person: Person, by: Actor, but: int | None = None) -> Erasure:
    """Erase an account after the term; its other sessions end at once. Raises Refused for the last admin."""
    _not_the_last(session, person)
    found = session.scalar(queries.pending_erasure(person.id))
    if found is not None:
        return found
    erasure = Erasure(person_id=person.id, due_at=now() + TERM)
    session.add(erasure)
    sessions.end_all(session, person.id, but=but)
    events.record(session, "account.erasure_asked", by=by, person_id=person.id)
    key, page = f"erasure:{person.id}:{secrets.token_hex(8)}", public("personal_data.index")
    write_letter(session, key, person.email, "personal_data_erasure", person.lang, page=page, due=moment(erasure.due_at))
    return erasure


def ask_for(session: Session, person: Person, by: Actor, reason: str) -> Erasure:
    """The same on a written request, at the worker's next turn; `reason` says which."""
    if not reason.strip():
        raise Refused("moderation.reason_missing", field="reason")
    _not_the_last(session, person)
    erasure = session.scalar(queries.pending_erasure(person.id)) or Erasure(person_id=person.id)
    erasure.due_at, erasure.reason = now(), reason.strip()[:2000]
    session.add(erasure)
    events.record(session, "account.erasure_ordered", by=by, person_id=person.id, reason=erasure.reason)
    return erasure


def cancel(session: Session, person: Person, by: Actor) -> None:
    """Think better of it, while there is time."""
    found = session.scalar(queries.pending_erasure(person.id))
    if found is not None and found.reason is None:
        session.delete(found)
        events.record(session, "account.erasure_cancelled", by=by, person_id=person.id)


def _not_the_last(session: Session, person: Person) -> None:
    others = select(func.count()).select_from(Person).where(Person.role == Role.ADMIN, Person.id != person.id)
    if person.role == Role.ADMIN and not session.scalar(others):
        raise Refused("personal_data.last_admin")


def erase_due() -> int:
    """Erase those whose term is over, each in a transaction of its own; how many."""
    with reading():
        ids = db.session.scalars(queries.erasures_due()).all()
        db.session.rollback()
    for person_id in ids:
        unused = erase(db.session(), person_id)
        db.session.commit()
        # After the commit: a file that is lost before it would be missed if the transaction failed.
        store: FileStore = current_app.extensions["files"]
        for key in unused:
            store.delete(key)
        log.info("person_erased", person=person_id)
    return len(ids)


def erase(session: Session, person_id: int) -> list[str]:
    """Do it now; the keys of files that nothing refers to any more."""
    person = session.get_one(Person, person_id)
    keys = [key for key in session.scalars(select(DataCopy.key).where(DataCopy.person_id == person_id)) if key]
    keys += _drop_drafts(session, person_id)
    written = select(Entry.id).where(Entry.author_id == person_id)
    ownership.leave(session, person_id, "erased")
    cards = Practice.__table__
    session.execute(update(cards).where(cards.c.id.in_(written)).values(contact=""))  # type: ignore[arg-type]
    for place in INVENTORY:
        if place.fate == Fate.DROPPED:
            table = Base.metadata.tables[place.table]
            session.execute(delete(table).where(table.c[place.column] == person_id))
    session.execute(delete(Letter).where(Letter.to == person.email))
    _strip(person)
    done = session.get(Erasure, person_id)
    if done is not None:
        done.done_at = now()
    stamps.mark(session)
    events.record(session, "account.erased", by=SYSTEM, person_id=person_id)
    return _unused(session, keys)


def _strip(person: Person) -> None:
    """Leave of a person what their entries need to have an author."""
    person.name, person.position, person.about, person.about_html = NAME, "", "", ""
    person.handle, person.email = f"deleted-{person.id}", f"deleted-{person.id}@{ERASED}"
    person.password_hash = secrets.token_hex(32)  # no hash of anything: it never matches
    person.municipality_id, person.role, person.lang = None, Role.EMPLOYEE, "ru"
    person.confirmed_at = person.verified_at = person.verified_by_id = person.seen_at = None
    person.suspended_until = person.suspended_reason = None
    person.approved_posts, person.unread, person.mail_paused_at = 0, 0, None


def _drop_drafts(session: Session, person_id: int) -> list[str]:
    """What nobody else has ever read goes wholly."""
    unread = select(Entry.id).where(Entry.author_id == person_id, Entry.state == State.DRAFT, Entry.published_at.is_(None))
    ids = session.scalars(unread).all()
    if not ids:
        return []
    rows = session.execute(select(Attachment.key, Attachment.thumb_key).where(Attachment.entry_id.in_(ids)))
    keys = [key for row in rows for key in row if key]
    for table in reversed(Base.metadata.sorted_tables):
        for column in _to_entries(table):
            session.execute(delete(table).where(column.in_(ids)))
    session.execute(delete(Entry.__table__).where(Entry.id.in_(ids)))  # type: ignore[arg-type]
    return keys


def _to_entries(table: Table) -> Iterator[Column[Any]]:
    """The columns of a table (entries aside) that say which entry a row belongs to."""
    if table is not Entry.__table__:
        yield from (column for column in table.columns if any(key.column is Entry.__table__.c.id for key in column.foreign_keys))


def _unused(session: Session, keys: Iterable[str]) -> list[str]:
    """Those of the keys that no row names: equal files share one."""
    wanted = set(keys)
    named = select(Attachment.key, Attachment.thumb_key).where(Attachment.key.in_(wanted) | Attachment.thumb_key.in_(wanted))
    return sorted(wanted - {key for row in session.execute(named) for key in row})
