"""Real indexes: in a folder of the test's own, and in a real PostgreSQL."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from forum.search.port import Document, Query
from forum.search.postgres_engine import PostgresEngine
from forum.search.whoosh_engine import WhooshEngine

START = datetime(2024, 1, 1, tzinfo=UTC)
ENGINES = ("whoosh", "postgresql")


def doc(number, title="", body="", *, version=1, kind="practice", author="Мария Соколова", days=0, **more):
    return Document(number, version, kind, title, body, author, START + timedelta(days=days), **more)


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
