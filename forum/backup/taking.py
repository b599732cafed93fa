"""Taking a copy of the site while it runs."""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryDirectory
from typing import Any

from sqlalchemy import Engine, text

from forum.backup import migrating, postgres, sqlite
from forum.backup.archive import DATABASE, Manifest, Writer
from forum.core.clock import now
from forum.core.files import FileStore

SPOOLED = 8 * 1024 * 1024  # bytes of one file held in memory; the rest of a larger one lies in a temporary file
Progress = Callable[[str, int, int], None]  # what is being copied, how much of it is done, how much there is


def take(engine: Engine, store: FileStore, path: Path, progress: Progress = lambda what, done, total: None) -> Manifest:
    """Write the archive; what stands in it is the site at one moment, that of the database.

    The files come second: what a row of that moment names had been put into the store before it.
    """
    with Writer(path) as archive:
        archive.manifest.made_at = now().isoformat(timespec="seconds")
        archive.manifest.database = engine.dialect.name
        (_sqlite if engine.dialect.name == "sqlite" else _postgres)(engine, archive, progress)
        _files(store, archive, progress)
    return archive.manifest


def _sqlite(engine: Engine, archive: Writer, progress: Progress) -> None:
    with TemporaryDirectory(prefix=".backup-", dir=archive.path.resolve().parent) as folder:
        copy = Path(folder) / DATABASE
        sqlite.snapshot(Path(engine.url.database or ""), copy, lambda done, total: progress("database", done, total))
        archive.manifest.revision, archive.manifest.stamp = sqlite.facts(copy)
        archive.manifest.tables = sqlite.counts(copy)
        with copy.open("rb") as stream:
            archive.add(DATABASE, stream, copy.stat().st_size)
        with closing(sqlite3.connect(copy)) as connection:
            _named_files(archive, connection.execute)


def _postgres(engine: Engine, archive: Writer, progress: Progress) -> None:
    with postgres.reading(engine) as connection:
        archive.manifest.revision = migrating.revision_of(connection)
        archive.manifest.stamp = connection.scalar(text("SELECT max(version) FROM stamps")) or 0
        total = len(postgres.tables(connection))
        postgres.dump(connection, archive, lambda _: progress("database", len(archive.manifest.tables), total))
        _named_files(archive, lambda query: connection.execute(text(query)).all())


def _named_files(archive: Writer, ask: Callable[[str], Iterable[Any]]) -> None:
    """Note the files that rows name: those that are not in the store in the end are said to be missing."""
    rows = ask("SELECT key FROM attachments UNION SELECT thumb_key FROM attachments WHERE thumb_key IS NOT NULL")
    archive.manifest.missing = sorted(row[0] for row in rows)


def _files(store: FileStore, archive: Writer, progress: Progress) -> None:
    keys, missing = sorted(store.keys()), set(archive.manifest.missing)
    for done, key in enumerate(keys, 1):
        if (pieces := store.stream(key)) is not None:
            # A tar wants the size first, and a store need not know it.
            with SpooledTemporaryFile(SPOOLED) as held:
                held.writelines(pieces)
                size = held.tell()
                held.seek(0)
                archive.add(f"files/{key}", held, size)
            archive.manifest.files += 1
            missing.discard(key)
        progress("files", done, len(keys))
    archive.manifest.missing = sorted(missing)
