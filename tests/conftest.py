"""Fixtures of all tests: a real application over a real database, index and file store in a folder of the test's own."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from config import Testing
from forum import create_app
from forum.core.database import intend
from forum.extensions import db
from forum.search import indexing
from tests.catalogues import compile_stale
from tests.client import Browser, Opened, put_away
from tests.counting import count_queries  # noqa: F401 – a fixture of all tests
from tests.economy import economise, settle
from tests.factories import Make
from tests.postgres import postgresql  # noqa: F401 – a fixture of those that need it
from tests.scheduling import pytest_xdist_make_scheduler  # noqa: F401 – a hook
from tests.serving import load_as_a_newcomer_does


def pytest_configure() -> None:
    """A plain run of pytest needs the catalogues as much as `make test` does."""
    compile_stale()
    economise()


def pytest_collection_finish() -> None:
    settle()


def once_a_run(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first process of a run to ask for it makes, for all of them: to be copied, not changed."""
    own = factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = factory.mktemp(name)
            make(making)
            making.rename(folder)
    return folder


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database brought up from nothing by the migrations: copied for each test."""

    def make(folder: Path) -> None:
        app = create_app(Testing(INSTANCE=str(folder)))
        with app.app_context():
            upgrade()
            connection = db.engine.raw_connection()  # outside a transaction: a checkpoint inside one finds its own lock
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
            db.engine.dispose()

    return once_a_run(tmp_path_factory, "migrated", make) / "forum.sqlite3"


@pytest.fixture
def app(tmp_path: Path, migrated: Path) -> Iterator[Flask]:
    """An application of the test's own."""
    shutil.copy(migrated, tmp_path / "forum.sqlite3")
    app = create_app(Testing(INSTANCE=str(tmp_path), SECRET_KEY="a key for tests only"))
    yield app
    put_away(app)


@pytest.fixture(scope="session")
def demonstrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site that has loaded the demonstration, by the way everybody comes to it: to be copied."""
    return once_a_run(tmp_path_factory, "demonstrated", load_as_a_newcomer_does)


@pytest.fixture(scope="session")
def demonstration(demonstrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A site that has loaded the demonstration; to be read only. What uses it shares a process (tests/scheduling.py)."""
    folder = tmp_path_factory.mktemp("demonstration")
    shutil.copytree(demonstrated, folder, dirs_exist_ok=True)
    app = create_app(Testing(INSTANCE=str(folder), SECRET_KEY="a key for tests only"))
    yield app
    put_away(app)


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """A session beside the application's own, for arranging and looking; it keeps no lock between statements it commits."""
    intend(True)  # the last test may have ended with a GET
    with app.app_context():
        engine = db.engine
    with Session(engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def make(session: Session) -> Make:
    """Makes things in the database."""
    return Make(session)


@pytest.fixture
def indexed(app: Flask, session: Session) -> Iterator[Callable[[], None]]:
    """Brings the index up to date."""

    def go() -> None:
        indexing.drain(session, app.extensions["search"])
        session.commit()

    yield go
    app.extensions["search"].close()


@pytest.fixture
def browser(app: Flask) -> Callable[[], Browser]:
    """A new visitor each time it is called."""
    return lambda: Browser(app)


@pytest.fixture
def visitor(app: Flask) -> Browser:
    """One visitor."""
    return Browser(app)


@pytest.fixture
def sign_in(visitor: Browser) -> Callable[..., Browser]:
    """Sign the visitor in as a person."""
    return visitor.sign_in


@pytest.fixture
def visit(visitor: Browser) -> Callable[..., Opened]:
    """Open an address (or a practice's page) as the visitor, checking the page."""

    def go(target: Any, expect: int = 200, **more: Any) -> Opened:
        address = target if isinstance(target, str) else f"/practices/{target.id}/{target.slug or 'item'}"
        return visitor.open(address, expect, **more)

    return go
