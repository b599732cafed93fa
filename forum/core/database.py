"""How connections behave: durable SQLite, and writers that queue instead of failing half-way."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import Engine

BUSY_MS = 10_000

_writing: ContextVar[bool] = ContextVar("writing", default=True)


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


@event.listens_for(Engine, "connect")
def _tune_sqlite(connection: Any, record: Any) -> None:
    if type(connection).__module__.partition(".")[0] != "sqlite3":
        return
    connection.isolation_level = None  # we say BEGIN ourselves, below
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "cache_size=-20000",
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
