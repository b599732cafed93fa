"""The database gone, the disk full, the index lost, Redis away: people read on, nothing typed is lost, and all is well again by itself."""

import io
import os
import shutil
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import event, func, select

from config import Testing
from forum import create_app
from forum.attachments.models import Attachment
from forum.comments.models import Comment
from forum.extensions import db
from forum.search.indexer import keep_fresh
from tests.client import Browser

LONG = "Длинный рассказ о том, как всё было. " * 400


@pytest.fixture
def practice(make):
    return make.practice()


@pytest.fixture
def member(make, visitor):
    return visitor.sign_in(make.person())


@pytest.fixture
def engine(app):
    with app.app_context():
        return db.engine


def comments(session) -> int:
    session.rollback()
    found = session.scalar(select(func.count()).select_from(Comment))
    session.rollback()
    return found


def readiness(app) -> int:
    return app.test_client().get("/readyz").status_code


def test_a_database_that_is_gone_is_not_made_anew_and_comes_back(app, practice, member, session, tmp_path, browser):
    token = member.token()
    session.rollback()
    place, aside = tmp_path / "forum.sqlite3", tmp_path / "aside"
    os.rename(place, aside)
    page = member.post(f"/entries/{practice.id}/comments", 503, csrf_token=token, body="Текст, который жалко")
    assert page.form("/comments")["body"] == "Текст, который жалко"
    browser().open("/practices", 503)
    assert readiness(app) == 503 and not place.exists()
    os.rename(aside, place)
    member.post(f"/entries/{practice.id}/comments", 303, body="Текст, который жалко")
    assert comments(session) == 1 and browser().open("/practices")


def test_a_database_that_somebody_put_in_place_of_ours_takes_nothing(practice, member, session, tmp_path, migrated):
    token = member.token()
    session.rollback()
    shutil.copy(migrated, tmp_path / "other")
    os.replace(tmp_path / "other", tmp_path / "forum.sqlite3")
    member.post(f"/entries/{practice.id}/comments", 503, csrf_token=token, body="Куда это попадёт?")


def test_a_process_that_starts_without_the_database_makes_none(tmp_path):
    there = create_app(Testing(INSTANCE=str(tmp_path / "empty"), SECRET_KEY="a key for tests only"))
    assert there.test_client().get("/practices").status_code == 503
    assert not (tmp_path / "empty" / "forum.sqlite3").exists()


def test_a_full_disk_lets_people_read_and_keeps_what_they_typed(practice, member, session, engine, browser):
    full = {"now": True}

    @event.listens_for(engine, "checkout")
    def size(connection, record, proxy) -> None:
        connection.execute(f"PRAGMA max_page_count={1 if full['now'] else 1_000_000}")

    token = member.token()
    # Twice: what little room there is left is not what is measured.
    for _ in range(2):
        page = member.post(f"/entries/{practice.id}/comments", 503, csrf_token=token, body=LONG)
    assert page.form("/comments")["body"].strip() == LONG.strip() and page.response.headers["Retry-After"]
    for reader in (member, browser()):
        reader.open(f"/practices/{practice.id}/{practice.slug}")
    full["now"] = False
    member.post(f"/entries/{practice.id}/comments", 303, body=LONG)
    assert comments(session) == 1


def test_a_file_that_can_not_be_kept_keeps_the_words_and_leaves_no_row(member, make, session, tmp_path):
    make.nomination(1)
    fields, place = {"title": "Светлые дворы", "problem": LONG, "action": "draft"}, tmp_path / "files"

    def file() -> tuple[io.BytesIO, str]:
        return io.BytesIO(b"%PDF-1.4\n%%EOF\n"), "смета.pdf"

    shutil.rmtree(place)
    place.touch()  # a store that takes nothing, as one on a full disk
    page = member.post("/practices/new", 503, data=fields | {"files": file()})
    assert page.form("/practices/new")["problem"].strip() == LONG.strip()
    place.unlink()
    place.mkdir()
    member.post("/practices/new", 303, data=fields | {"files": file()})
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Attachment)) == 1
    session.rollback()


def test_a_lost_index_is_no_fault_of_pages_and_is_built_anew(app, engine, practice, session, browser, tmp_path):
    assert app.test_cli_runner().invoke(args=["search", "rebuild"]).exit_code == 0
    session.rollback()
    shutil.rmtree(Path(app.config["SEARCH_URL"].removeprefix("whoosh://")))
    app.extensions["search"].close()
    for address in ("/search?q=дворы", "/search/completions?q=дв", "/", "/api/v1/search?q=дворы"):
        assert app.test_client().get(address).status_code in (200, 503), address
    stop = threading.Event()
    worker = threading.Thread(target=keep_fresh, args=(engine, app.extensions["search"], tmp_path, stop))
    worker.start()
    try:
        for _ in range(200):
            if app.test_client().get("/api/v1/search?q=дворы").json.get("total"):
                break
            stop.wait(0.1)
        else:
            pytest.fail("the index was not built anew")
    finally:
        stop.set()
        worker.join()


def test_a_lost_redis_stops_nobody(tmp_path, practice, make, session, app):
    # Nobody listens there; the same database as the other application's.
    more = {"REDIS_URL": "redis://127.0.0.1:1/0", "RATE_LIMITS": "on", "DATABASE_URL": f"sqlite:///{tmp_path}/forum.sqlite3"}
    beside = create_app(Testing(INSTANCE=str(tmp_path / "beside"), SECRET_KEY="a key for tests only", **more))
    person = make.person()
    session.commit()
    member = Browser(beside).sign_in(person)
    for number in range(3):
        member.post(f"/entries/{practice.id}/comments", 303, body=f"Слова без Redis {number}")
    assert comments(session) == 3
    with beside.app_context():
        db.engine.dispose()


def test_a_log_without_room_stops_nobody(make, browser, monkeypatch):
    person, full = make.person(), open("/dev/full", "w")  # noqa: SIM115 – closing it fails as well
    monkeypatch.setattr(sys, "stdout", full)
    member = browser().sign_in(person)  # which is logged
    monkeypatch.undo()
    with suppress(OSError):
        full.close()
    member.open("/account")
