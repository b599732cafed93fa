"""The same with PostgreSQL on both sides, without its client programs."""

from collections.abc import Iterator

import pytest
from flask_migrate import upgrade
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.backup.archive import verified
from forum.core.model import Base
from forum.extensions import db
from tests.client import Browser
from tests.postgres import new_database

pytestmark = pytest.mark.xdist_group("postgresql")


@pytest.fixture(scope="module")
def databases(postgresql) -> list[str]:
    """Addresses of two empty databases."""
    return [new_database(postgresql, name) for name in ("one", "two")]


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
