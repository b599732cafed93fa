"""Connections of the engine's own: beside the site's transactions, with little patience for searches."""

import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text

# The index is derived data. In a schema of its own no migration ever sees it, and a rebuild goes into place by one rename.
SCHEMA = "search_index"

# Searches are short or given up. Compiling and parallel workers cost more than they save on them.
SETTINGS = {"statement_timeout": "5s", "lock_timeout": "1s", "jit": "off", "work_mem": "32MB", "max_parallel_workers_per_gather": "0"}


class Database:
    """Where the index lies. Connects at the first use, anew in each process."""

    def __init__(self, url: str, schema: str = SCHEMA) -> None:
        self.schema = schema
        self._engine = _connecting(url, {**SETTINGS, "search_path": schema})
        self._process = os.getpid()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection on which each statement stands for itself."""
        with self._own().execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction of the only writer, whatever machine it is on; it may take its time."""
        with self._own().begin() as connection:
            connection.execute(text("set local lock_timeout = 0"))
            connection.execute(text("set local statement_timeout = 0"))
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": zlib.crc32(f"write {self.schema}".encode())})
            yield connection

    @contextmanager
    def tidying(self) -> Iterator[Connection]:
        """A transaction for what may wait until another time."""
        with self._own().begin() as connection:
            yield connection

    def close(self) -> None:
        """Let connections go; the next use opens them again."""
        self._own().dispose()

    def _own(self) -> Engine:
        if os.getpid() != self._process:  # a forked process leaves its parent's connections alone
            self._engine.dispose(close=False)
            self._process = os.getpid()
        return self._engine


def _connecting(url: str, settings: dict[str, str]) -> Engine:
    engine = create_engine(
        url, pool_size=4, max_overflow=4, pool_timeout=3, pool_pre_ping=True, connect_args={"connect_timeout": 3}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def _set(connection: Any, record: Any) -> None:
        with connection.cursor() as cursor:
            for name, value in settings.items():
                cursor.execute("select set_config(%s, %s, false)", (name, value))
        connection.commit()

    return engine
