"""A site that searches in its own PostgreSQL: pages, commands, migrations, and the index following what is published."""

from uuid import uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import upgrade
from sqlalchemy.orm import Session

from config import Testing
from forum import create_app
from forum.core.actor import SYSTEM
from forum.core.model import Base
from forum.extensions import db
from tests.client import Browser
from tests.factories import Make
from tests.postgres import new_database

pytestmark = pytest.mark.xdist_group("postgresql")


def settings(folder, address):
    return Testing(INSTANCE=str(folder), SECRET_KEY="a key for tests only", DATABASE_URL=address, SEARCH_URL="postgresql")


@pytest.fixture(scope="module")
def another(postgresql, tmp_path_factory):
    """Makes migrated databases: copies of one."""
    app = create_app(settings(tmp_path_factory.mktemp("migrated"), new_database(postgresql, "migrated")))
    with app.app_context():
        upgrade()
        db.engine.dispose()
    return lambda: new_database(postgresql, f"site_{uuid4().hex}", like="migrated")


@pytest.fixture
def app(another, tmp_path):
    app = create_app(settings(tmp_path, another()))
    yield app
    app.extensions["search"].close()
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def session(app):
    with app.app_context():
        engine = db.engine
    with Session(engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def make(session):
    return Make(session)


@pytest.fixture
def run(app):
    def go(*command):
        done = app.test_cli_runner().invoke(args=["search", *command])
        assert done.exit_code == 0, done.output
        return done.output

    return go


@pytest.fixture
def found(app):
    """Titles and notices of the results page."""
    return lambda query: Browser(app).open(f"/search?q={query}").words


def test_what_is_published_is_found_until_it_is_hidden(make, session, run, found):
    practice = make.practice("Ёлочные базары", solution="Огородили **площадку** у школы.", tags=["праздники"])
    make.comment(practice, "Сколько стоил подрядчик?")
    run("drain")
    assert "Ёлочные базары" in found("елочный базар для ребёнка")
    assert "Ёлочные базары" in found("«огородили площадку» тег:праздники")
    assert "подрядчик" in found("подрядчики")
    assert "Возможно, вы искали: площадку" in found("площадкку")
    session.get(type(practice), practice.id).hide(by=SYSTEM, reason="Ошибка")
    session.commit()
    for _ in range(2):  # at once by the rule of reading, then by the index
        assert "Огородили" not in found("базар") and "подрядчик?" not in found("подрядчики")
        run("drain")
    assert run("check") == "index and database agree\n"


def test_a_rebuild_needs_nothing_but_the_database(make, run, found):
    make.practice("Школьный автобус")
    assert "documents in the new index" in run("rebuild")
    assert "Школьный автобус" in found("автобус")
    assert run("check") == "index and database agree\n"


def test_the_site_is_ready_and_the_api_answers(app, make, run):
    make.practice("Тёплая остановка")
    run("drain")
    assert app.test_client().get("/readyz").status_code == 200
    answer = app.test_client().get("/api/v1/search?q=остановка").json
    assert [item["title"] for item in answer["items"]] == ["Тёплая остановка"]
    assert answer["facets"]["region"] == {"40": 1}


def test_an_index_that_is_away_is_said_and_the_site_goes_on(app, make, session, run, found):
    make.practice("Тёплая остановка")
    run("drain")
    with app.app_context(), db.engine.connect() as holding:
        holding.exec_driver_sql("lock table search_index.documents in access exclusive mode")
        assert "Поиск сейчас не работает" in found("остановка")
        assert app.test_client().get("/practices").status_code == 200


def test_migrations_know_nothing_of_the_index(app, run):
    run("rebuild")
    with app.app_context(), db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
