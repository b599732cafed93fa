"""How connections behave: durable SQLite, and writers that queue instead of failing half-way."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import Pool

BUSY_MS = 10_000

_writing: ContextVar[bool] = ContextVar("writing", default=True)
_creating: ContextVar[bool] = ContextVar("creating", default=False)
_FILE = "file"  # in what the pool keeps of a connection: path, device and number of its file


def intend(writing: bool) -> None:
    """Say whether the transactions begun from here on in this context will write."""
    _writing.set(writing)


@contextmanager
def reading() -> Iterator[None]:
    """Transactions begun inside take no write lock."""
    token = _writing.set(False)
    try:
        yield
    finally:
        _writing.reset(token)


@contextmanager
def creating() -> Iterator[None]:
    """Inside, a database that is not there yet is made: for migrations alone."""
    token = _creating.set(True)
    try:
        yield
    finally:
        _creating.reset(token)


@event.listens_for(Engine, "do_connect")
def _find_sqlite(dialect: Any, record: Any, arguments: Sequence[Any], more: Any) -> None:
    # SQLite would make an empty database in place of one that is gone, and the site would say that nobody has ever written.
    path = arguments[0] if dialect.name == "sqlite" and arguments else ""
    if path and path != ":memory:" and not path.startswith("file:") and not _creating.get() and not os.path.exists(path):
        raise sqlite3.OperationalError(f"there is no database at {path}")


@event.listens_for(Pool, "checkout")
def _still_there(connection: Any, record: Any, proxy: Any) -> None:
    # A connection goes on with a file that was removed or replaced: what is written there is lost, though it was acknowledged.
    # It is not closed either: with the last one, SQLite would remove the journal of the file that stands there now.
    held = record.info.get(_FILE)
    if held is not None and held != _file(held[0]):
        raise sqlite3.OperationalError(f"another database stands at {held[0]}, or none: bring it back, or start the site again")


def _file(path: str) -> tuple[str, int, int]:
    try:
        found = os.stat(path)
    except OSError:
        return path, 0, 0
    return path, found.st_dev, found.st_ino


@event.listens_for(Engine, "connect")
def _tune_sqlite(connection: Any, record: Any) -> None:
    if type(connection).__module__.partition(".")[0] != "sqlite3":
        return
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    if path:
        record.info[_FILE] = _file(path)
    connection.isolation_level = None  # we say BEGIN ourselves, below
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-4000",  # kilobytes, in each thread: the system keeps the rest of the file in memory once for all
        "temp_store=MEMORY",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


@event.listens_for(Engine, "begin")
def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads first and writes later fails at once when another writer came between:
    # whoever means to write takes the lock at the start and waits for it.
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")


def is_busy(error: BaseException) -> bool:
    """Whether SQLite gave up waiting for others who write."""
    cause = getattr(error, "orig", None)
    return isinstance(cause, sqlite3.OperationalError) and getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY
