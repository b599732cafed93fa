"""SQLite: a snapshot that no writer waits for, and the way back in one transaction, which running processes see as any other change."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, create_engine

from forum.backup import migrating
from forum.backup.archive import Unsound
from forum.core.database import BUSY_MS

PAGES = 2_000  # of 4 KB, in one step
Progress = Callable[[int, int], None]


def snapshot(source: Path, target: Path, progress: Progress = lambda done, total: None) -> None:
    """Copy the database as it is at this moment. A reader's transaction holds the moment: in WAL mode writers go on meanwhile."""
    with closing(_open(source)) as live, closing(_open(target)) as copy:
        live.execute("BEGIN")
        live.execute("SELECT count(*) FROM sqlite_master").fetchone()
        copy.execute("PRAGMA synchronous=OFF")
        live.backup(copy, pages=PAGES, progress=lambda _, left, total: progress(total - left, total))
        live.rollback()
        copy.execute("PRAGMA journal_mode=DELETE")


def counts(path: Path) -> dict[str, int]:
    """Rows by table, SQLite's own tables left out."""
    with closing(_open(path)) as copy:
        names = [row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
        return {name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in sorted(names)}


def facts(path: Path) -> tuple[str, int]:
    """The revision and the stamp of pages."""
    with closing(_open(path)) as copy:
        revision = copy.execute("SELECT version_num FROM alembic_version").fetchone()
        stamp = copy.execute("SELECT max(version) FROM stamps").fetchone()
        return revision[0] if revision else "", stamp[0] or 0


def stamp_of(path: Path) -> int:
    """The stamp of a database that may be missing or no database at all; 0 then."""
    try:
        return facts(path)[1] if path.exists() else 0
    except sqlite3.DatabaseError:
        return 0


def check(path: Path, wanted: Mapping[str, int]) -> None:
    """Raise Unsound where the file is damaged or its tables hold other numbers of rows."""
    try:
        with closing(_open(path)) as copy:
            said = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
        found = counts(path) if said == "ok" else {}
    except sqlite3.DatabaseError as error:
        raise Unsound("База в архиве повреждена.") from error
    if said != "ok" or found != dict(wanted):
        raise Unsound("База в архиве повреждена или не сходится с описью.")


def upgrade(path: Path, after: Callable[[Connection], None]) -> None:
    """Migrate a copy that nobody uses yet, then do what else has to be done to it."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        migrating.upgrade(connection)
        connection.commit()
        after(connection)
        connection.commit()
    engine.dispose()


def put_in_place(copy: Path, target: Path) -> None:
    """Write a finished copy over the database in one transaction: all of it or, whatever happens, nothing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(_open(copy)) as new, closing(_open(target)) as live:
        live.execute("PRAGMA journal_mode=WAL")
        new.backup(live, pages=-1)
        live.execute("PRAGMA journal_mode=WAL")


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_MS / 1000)
    connection.isolation_level = None
    return connection
