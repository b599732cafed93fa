"""Making the archives that people asked for: a job of the worker, in short transactions, so that progress shows and nobody waits."""

import json
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import IO

import structlog
from flask import current_app, render_template
from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.core.clock import now
from forum.core.database import reading
from forum.core.errors import Refused
from forum.core.files import FileStore
from forum.core.letters import write_letter
from forum.extensions import db
from forum.personal_data import queries
from forum.personal_data.gathering import files_of, rows_of, tables_of
from forum.personal_data.models import COPY_KEPT, DataCopy

LARGEST = 300 << 20  # bytes of files in one archive; what does not fit is named in it
AGAIN = timedelta(hours=1)

log = structlog.get_logger()


def ask(session: Session, person: Person) -> DataCopy:
    """Have a copy made. One that is being made, or is an hour old at most, is as good."""
    newest = session.scalar(select(DataCopy).where(DataCopy.person_id == person.id).order_by(DataCopy.id.desc()).limit(1))
    if newest is not None and not newest.failed and (newest.done_at is None or newest.done_at > now() - AGAIN):
        raise Refused("personal_data.copy_fresh" if newest.ready else "personal_data.copy_under_way")
    copy = DataCopy(person_id=person.id)
    session.add(copy)
    return copy


def make_due() -> int:
    """Make what was asked for; how many were tried."""
    with reading():
        ids = db.session.scalars(queries.copies_to_make()).all()
        db.session.rollback()
    for copy_id in ids:
        _make(copy_id)
    return len(ids)


def _make(copy_id: int) -> None:
    copy = db.session.get_one(DataCopy, copy_id, with_for_update=True)
    copy.taken_at, copy.parts_done = now(), 0
    db.session.commit()
    try:
        with tempfile.TemporaryFile() as file:
            for done, of in _write(file, copy.person_id):
                copy = db.session.get_one(DataCopy, copy_id)
                copy.parts_done, copy.parts_all, copy.taken_at = done, of, now()
                db.session.commit()
            _finish(copy_id, file)
    except Exception as error:  # the person learns of it and can ask again
        db.session.rollback()
        log.exception("data_copy_failed", copy=copy_id, error=type(error).__name__)
        copy = db.session.get_one(DataCopy, copy_id)
        copy.failed, copy.done_at = True, now()
        db.session.commit()


def _write(file: IO[bytes], person_id: int) -> Iterator[tuple[int, int]]:
    """Fill the archive; after each part, how many are in it of how many."""
    with reading():
        tables, files = tables_of(person_id), files_of(db.session(), person_id)
        db.session.rollback()
    of, room, left_out = len(tables) + len(files), LARGEST, []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, name in enumerate(tables, 1):
            with reading():
                rows = rows_of(db.session(), person_id, name)
                db.session.rollback()
            archive.writestr(f"{name}.json", json.dumps(rows, ensure_ascii=False, indent=2))
            yield number, of
        for number, one in enumerate(files, len(tables) + 1):
            content = _store().get(one.key) if one.size <= room else None
            if content is None:
                left_out.append(one.name)
            else:
                room -= len(content)
                archive.writestr(f"files/{one.name}", content)
            yield number, of
        archive.writestr("README.txt", _explained(person_id, left_out))


def _explained(person_id: int, left_out: list[str]) -> str:
    with reading():
        lang = db.session.scalar(select(Person.lang).where(Person.id == person_id)) or "ru"
        db.session.rollback()
    with force_locale(lang):
        text: str = render_template("personal_data/readme.txt", at=now(), left_out=left_out, site_name=current_app.config["SITE_NAME"])
        return text


def _finish(copy_id: int, file: IO[bytes]) -> None:
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    key = _store().put_stream(file)
    copy = db.session.get_one(DataCopy, copy_id)
    copy.key, copy.size, copy.done_at = key, size, now()
    person = db.session.get_one(Person, copy.person_id)
    page = public("personal_data.index")
    write_letter(db.session(), f"data-copy:{copy.id}", person.email, "personal_data_copy", person.lang, page=page)
    db.session.commit()


def purge(session: Session) -> None:
    """Drop archives nobody needs any more."""
    for copy in session.scalars(select(DataCopy).where(DataCopy.done_at < now() - COPY_KEPT)):
        if copy.key is not None:
            _store().delete(copy.key)
        session.delete(copy)


def public(endpoint: str) -> str:
    """The whole address of a page, for a letter."""
    return str(current_app.config["PUBLIC_URL"]).rstrip("/") + current_app.url_map.bind("").build(endpoint)


def _store() -> FileStore:
    store: FileStore = current_app.extensions["files"]
    return store
