"""PostgreSQL holds the site as SQLite does: tables, the demonstration, the outbox and the main pages."""

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from config import Testing
from forum import create_app
from forum.accounts.models import Person
from forum.core import events
from forum.core.actor import SYSTEM, Actor
from forum.core.errors import Refused
from forum.core.model import Base
from forum.core.once import insert_once
from forum.extensions import db
from forum.moderation import chain
from forum.moderation.undoing import undo
from forum.taxonomy.models import Tag
from forum.trust import quotas
from forum.worker import drain
from tests.client import Browser, put_away
from tests.postgres import new_database

pytestmark = pytest.mark.xdist_group("postgresql")

PAGES = (
    "/",
    "/practices?sort=votes&region=40",
    "/search?q=двор",
    "/regions",
    "/costs",
    "/statistics?region=40",
    "/practices.json?sort=votes",
    "/open-data/statistics.csv",
    "/regions?show=adoptions-per-million",
    "/moderation/log",
    "/demand",
    "/failures?obstacle=money&region=40&nomination=1",
    "/readyz",
    "/api/v1/practices",
    "/feed.atom",
    "/sitemap.xml",
)


@pytest.fixture(scope="module")
def app(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    address = new_database(postgresql, "demonstrated")
    app = create_app(Testing(INSTANCE=str(tmp_path_factory.mktemp("site")), SECRET_KEY="a key for tests only", DATABASE_URL=address))
    with app.app_context():
        upgrade()
    loaded = app.test_cli_runner().invoke(args=["demo", "load"])
    assert loaded.exit_code == 0, loaded.output
    yield app
    put_away(app)


def test_tables_are_those_of_the_models(app):
    with app.app_context(), db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


@pytest.mark.parametrize("address", PAGES)
def test_pages_for_guests(app, address):
    assert app.test_client().get(address).status_code == 200


def test_comparable_cost_has_its_place(app):
    client = app.test_client()
    numbers = [one["id"] for one in client.get("/api/v1/practices?nomination=1").json["items"]]
    placed = [client.get(f"/api/v1/practices/{number}").json["comparable_cost"]["places"] for number in numbers]
    assert any("per_resident" in places for places in placed)
    told = client.get("/compare?" + "&".join(f"practice={number}" for number in numbers[:4])).text
    assert "похожих" in told


def test_an_employee_publishes_comments_and_votes(app):
    browser = Browser(app).sign_in("colleague@demo.example", "demo-password")
    number = app.test_client().get("/api/v1/practices?limit=1").json["items"][0]["id"]
    browser.post(f"/entries/{number}/comments", 303, body="Спасибо, повторим у себя.")
    browser.post(f"/entries/{number}/vote", 303, value="1")
    for kind, key in (("region", "40"), ("nomination", "1"), ("person", "employee")):
        browser.post("/follows", 303, kind=kind, key=key)
    with app.app_context():
        assert drain() > 0
        assert drain() == 0
    for address in ("/following", "/account/follows", "/people/completions?q=а&entry=1"):
        browser.open(address)
    for address in ("/notifications", "/account", "/drafts", "/bookmarks", "/practices/new", "/practices?sort=near&near=mine"):
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


def test_the_log_of_moderation_is_one_chain_that_nobody_changes(app):
    start = threading.Barrier(4)
    with app.app_context():
        engine = db.engine
        before = chain.verify(db.session()).rows
        db.session.rollback()

    def write(name: int) -> None:
        with Session(engine) as own:
            start.wait()
            for number in range(5):
                events.record(own, "moderation.hidden", by=SYSTEM, reason=f"{name} {number}")
                own.commit()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    for statement in ("UPDATE moderation_log SET hash = ''", "DELETE FROM moderation_log", "TRUNCATE moderation_log"):
        with pytest.raises(DBAPIError, match="can only be added to"), engine.begin() as connection:
            connection.exec_driver_sql(statement)
    with app.app_context():
        verdict = chain.verify(db.session())
        db.session.rollback()
    assert (verdict.rows, verdict.fault) == (before + 20, None)


def test_pages_for_moderators(app):
    browser = Browser(app).sign_in("moderator@demo.example", "demo-password")
    for address in ("/moderation", "/moderation/log?region=40&since=01.01.2020", "/moderation/dashboard", "/moderation/appeals"):
        browser.open(address)
    browser.post("/people/newcomer/silence", days="3", reason="Перебранка")
    browser.open("/people/newcomer")


def test_moderators_take_decide_once_and_merge(app):
    first, second = (Browser(app).sign_in(f"{name}@demo.example", "demo-password") for name in ("moderator", "admin"))
    reported = re.findall(r"/entries/(\d+)/moderation", first.open("/moderation?kind=reports").text)
    taken, disputed = list(dict.fromkeys(reported))[:2]
    first.post(f"/entries/{taken}/claim", 303)
    second.post(f"/entries/{taken}/dismissal", 422)
    assert "Разбирает" in second.open("/moderation").words
    forms = [one.open("/moderation").form(f"/entries/{disputed}/{step}") for one, step in ((first, "hiding"), (second, "dismissal"))]
    start = threading.Barrier(2)

    def decide(one: Browser, step: str, form: dict) -> int:
        start.wait()
        return one.client.post(f"/entries/{disputed}/{step}", data=form | {"reason": "Так"}).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(decide, (first, second), ("hiding", "dismissal"), forms)) == [302, 409]
    gone, kept = [item["id"] for item in app.test_client().get("/api/v1/practices?limit=2").json["items"]]
    first.post(f"/entries/{gone}/merging", kept=str(kept), reason="Одно и то же")
    assert app.test_client().get(f"/api/v1/practices/{gone}").json["id"] == kept
    with app.app_context(), Session(db.engine) as session:
        event = session.scalar(select(events.Event).where(events.Event.kind == "moderation.merged"))
        undo(session, event, SYSTEM, "Разное")
        session.commit()
    assert app.test_client().get(f"/api/v1/practices/{gone}").json["id"] == gone


def test_what_people_write_is_counted_once_whoever_counts_at_the_same_moment(app):
    start, newcomer = threading.Barrier(4), Actor(role="employee", confirmed=True)
    with app.app_context():
        engine = db.engine
        newcomer = replace(newcomer, id=db.session.scalar(select(Person.id).where(Person.handle == "newcomer")))
        db.session.rollback()

    def write(_number: int) -> int:
        taken = 0
        with Session(engine) as own:
            start.wait()
            for _ in range(3):
                with suppress(Refused):
                    quotas.take(own, "comment", newcomer)
                    own.commit()
                    taken += 1
                own.rollback()
        return taken

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(write, range(4))) == 8
