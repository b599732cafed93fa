"""The dump: all that guests can read, as one archive in the store of files; the last few are kept."""

import json
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import IO

from flask import current_app, render_template
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from forum.attachments.models import Attachment
from forum.core.clock import now
from forum.core.database import reading
from forum.core.files import FileStore
from forum.open_data.datasets import Dataset
from forum.open_data.everything import DATASETS
from forum.open_data.models import Dump
from forum.open_data.rows import moment
from forum.open_data.schema import data_package
from forum.open_data.writing import write_csv, write_json_lines

KEPT = timedelta(days=3)
AGAIN = timedelta(hours=20)
BATCH = 500
PIECE = 1 << 20


def make(engine: Engine, store: FileStore, file: IO[bytes]) -> Iterator[Dump]:
    """Write the archive into the file and put it into the store; yields the unsaved row after each batch, so that others get a turn.

    All of it is read in one transaction: what the archive says is true of one moment. Memory is that of a batch.
    """
    dump = Dump(made_at=now(), counts={}, key="", size=0)
    with Session(engine) as session, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        with reading():
            session.connection()  # begins it: without the lock of who writes
        for dataset in DATASETS.values():
            yield from _put(archive, dataset, session, dump)
        session.rollback()
        title = current_app.config["SITE_NAME"]
        about = data_package(title, moment(dump.made_at) or "", dump.counts)
        archive.writestr("datapackage.json", json.dumps(about, ensure_ascii=False, indent=1))
        archive.writestr("README.txt", render_template("open_data/readme.txt", dump=dump, datasets=DATASETS.values()))
    dump.size = file.tell()
    dump.key = store.put_stream(file)
    yield dump


def _put(archive: zipfile.ZipFile, dataset: Dataset, session: Session, dump: Dump) -> Iterator[Dump]:
    """Both files of a set, in one reading: the second waits in a file of its own while the first goes into the archive."""
    count = 0
    with tempfile.TemporaryFile() as lines:
        with archive.open(f"{dataset.name}.csv", "w", force_zip64=True) as table:
            write_csv(table, dataset, ())
            for batch in dataset.batches(session, BATCH):
                count += write_csv(table, dataset, [batch], head=False)
                write_json_lines(lines, dataset, [batch])
                yield dump
        lines.seek(0)
        with archive.open(f"{dataset.name}.jsonl", "w", force_zip64=True) as copy:
            while piece := lines.read(PIECE):
                copy.write(piece)
                yield dump
    dump.counts[dataset.name] = count


def due(session: Session, at: datetime) -> bool:
    """Whether the last one is of another night."""
    last = session.scalar(select(func.max(Dump.made_at)))
    return last is None or at - last > AGAIN


def made(session: Session) -> Sequence[Dump]:
    """Those that are kept, the last first."""
    return session.scalars(select(Dump).order_by(Dump.id.desc())).all()


def replace(session: Session, store: FileStore, dump: Dump) -> None:
    """Offer a dump from now on and let go of old ones, committing; the last is kept whatever its age."""
    session.add(dump)
    session.flush()
    old = [one for one in made(session) if one.id != dump.id and one.made_at < now() - KEPT]
    keys = {one.key for one in old}
    for one in old:
        session.delete(one)
    session.commit()
    named = {*session.scalars(select(Dump.key)), *session.scalars(select(Attachment.key).where(Attachment.key.in_(keys)))}
    session.rollback()
    for key in keys - named:
        store.delete(key)


def whole(engine: Engine, session: Session, store: FileStore) -> Iterator[Dump]:
    """Make one and offer it."""
    with tempfile.TemporaryFile() as file:
        dump = None
        for dump in make(engine, store, file):
            yield dump
        if dump is not None:
            replace(session, store, dump)
