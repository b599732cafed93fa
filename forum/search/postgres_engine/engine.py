"""The engine for many web machines: PostgreSQL finds, counts and scores; the second opinion is the same as everywhere."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError, ProgrammingError, TimeoutError

from forum.search.port import Document, Hit, Query, Results, Unavailable
from forum.search.postgres_engine import likeness, tables, writing
from forum.search.postgres_engine.connecting import SCHEMA, Database
from forum.search.postgres_engine.finding import answer

Answer = TypeVar("Answer")

NO_TABLE = "42P01"  # PostgreSQL's code

log = structlog.get_logger()


class PostgresEngine:
    """An index in a schema of a PostgreSQL database. Nothing is opened before the first use."""

    def __init__(self, url: str, schema: str = SCHEMA) -> None:
        self._database = Database(url, schema)

    def search(self, query: Query) -> Results:
        began = time.perf_counter()
        found = self._ask(lambda connection: answer(connection, query), Results())
        return replace(found, took_ms=round((time.perf_counter() - began) * 1000, 2))

    def similar(self, title: str, body: str, but: int | None = None, limit: int = 5) -> Sequence[Hit]:
        return self._ask(lambda connection: likeness.similar(connection, title, body, but, limit), [])

    def complete(self, text: str, limit: int = 8) -> Sequence[int]:
        return self._ask(lambda connection: likeness.complete(connection, text, limit), [])

    def begun(self, beginnings: Sequence[str]) -> Mapping[str, int]:
        return self._ask(lambda connection: likeness.begun(connection, beginnings), {})

    def prepare(self) -> None:
        """Nothing: the database keeps what questions have in common."""

    def _ask(self, question: Callable[[Connection], Answer], nothing: Answer) -> Answer:
        try:
            with self._database.reading() as connection:
                return question(connection)
        except (OperationalError, TimeoutError) as error:  # away, or too slow: a line is enough
            log.error("search_failed", error=str(getattr(error, "orig", error)))
            raise Unavailable(str(error)) from error
        except Exception as error:
            if isinstance(error, ProgrammingError) and getattr(error.orig, "sqlstate", "") == NO_TABLE:
                return nothing
            log.exception("search_failed")
            raise Unavailable(str(error)) from error

    def write(self, documents: Iterable[Document], removed: Iterable[int] = ()) -> None:
        writing.write(self._database, documents, removed)

    def rebuild(self, documents: Iterable[Document]) -> int:
        return writing.rebuild(self._database, documents)

    def tend(self) -> bool:
        return writing.tend(self._database)

    def ready(self) -> bool:
        with self._database.reading() as connection:
            there = tables.exist(connection, self._database.schema)
            return there and connection.scalar(text("select release from totals")) == tables.RELEASE

    def versions(self) -> dict[int, int]:
        with self._database.reading() as connection:
            if not tables.exist(connection, self._database.schema):
                return {}
            return {row.id: row.version for row in connection.execute(text("select id, version from documents"))}

    def close(self) -> None:
        self._database.close()
