"""Real indexes in a folder of the test's own."""

from datetime import UTC, datetime, timedelta

import pytest

from forum.search.port import Document, Query
from forum.search.whoosh_engine import WhooshEngine

START = datetime(2024, 1, 1, tzinfo=UTC)


def doc(number, title="", body="", *, version=1, kind="practice", author="Мария Соколова", days=0, **more):
    return Document(number, version, kind, title, body, author, START + timedelta(days=days), **more)


@pytest.fixture
def index(tmp_path):
    engine = WhooshEngine(tmp_path / "index")
    yield engine
    engine.close()


@pytest.fixture
def ask(index):
    """The ids that a question finds, best first."""

    def go(text="", **more):
        return [hit.id for hit in index.search(Query(text, **more)).hits]

    return go
