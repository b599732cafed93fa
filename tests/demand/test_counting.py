"""What is counted of the questions to the search: once a day and visitor, and nothing of who it was."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event, select

from forum.core import attempts, database
from forum.core.attempts import Attempt
from forum.core.clock import now
from forum.core.model import Base
from forum.demand import counting
from forum.demand.models import Unmet
from forum.extensions import db


def test_a_question_without_an_answer_is_counted_once_a_day_and_visitor(ask, counted):
    for _ in range(3):
        ask("прокат электромобилей", visitor=1)
    assert counted() == {"Прокат электромобилей": 1}
    ask("прокат электромобилей", visitor=2)
    assert counted() == {"Прокат электромобилей": 2}
    with time_machine.travel(now() + timedelta(days=1), tick=False):
        ask("прокат электромобилей", visitor=1)
    assert counted() == {"Прокат электромобилей": 3}


def test_order_and_forms_of_words_make_no_other_question(ask, counted):
    ask("как оборудовать приюты для собак?")
    ask("Приют, собака, оборудовать")
    ask("«оборудовали» собачьих приютов")
    assert counted() == {"Как оборудовать приюты для собак": 2, "Оборудовали собачьих приютов": 1}


def test_what_is_found_is_not_counted_and_what_is_found_by_halves_is(ask, counted, make, indexed):
    for title in ("Приют для собак", "Ремонт дороги", "Ремонт школы", "Ремонт моста"):
        make.practice(title)
    indexed()
    assert "Найден" in ask("приют собак").words
    assert counted() == {}
    assert "Найден" in ask("ремонт планетария").words
    assert counted() == {"Ремонт планетария": 1}


@pytest.mark.parametrize("narrowed", [
    {"region": "40"}, {"kind": "practice"}, {"year": ["2023", "2024"]}, {"page": "2"}, {"sort": "new"},
    {"q": "аквапарк год:2023"}, {"q": "аквапарк -такси"}, {"q": "аквапарк регион: Калужская"},
])  # fmt: skip
def test_a_narrowed_question_says_nothing_of_what_is_missing(ask, counted, make, narrowed):
    make.region()
    ask(**{"question": narrowed.pop("q", "аквапарк"), **narrowed})
    assert counted() == {}


@pytest.mark.parametrize("headers", [
    {"User-Agent": "Mozilla/5.0 (compatible; YandexBot/3.0)"},
    {"User-Agent": "SomeCrawler/1.0"},
    {"User-Agent": "my spider"},
    {"Sec-Purpose": "prefetch;prerender"},
    {"Purpose": "prefetch"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "document"},
    {"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "image"},
])  # fmt: skip
def test_nobody_asked_where_no_person_typed(ask, counted, headers):
    ask("аквапарк", headers=headers)
    assert counted() == {}
    ask("аквапарк", headers={"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Dest": "document", "Referer": "http://localhost/demand"})
    assert counted() == {"Аквапарк": 1}


def test_an_engine_that_is_away_leaves_no_question(ask, counted, make, app, indexed):
    make.practice("Двор")
    indexed()
    engine = app.extensions["search"]
    engine.close()
    for file in engine._store.current().glob("*.toc"):
        file.write_bytes(b"broken")
    assert "Поиск сейчас не работает" in ask("аквапарк").words
    assert counted() == {}


def test_nobody_floods_the_list(ask, counted, monkeypatch):
    monkeypatch.setattr(counting, "VISITOR_LIMIT", 2)
    monkeypatch.setattr(counting, "ADDRESS_LIMIT", 3)
    for question in ("аквапарк", "дельфинарий", "планетарий"):
        ask(question, visitor=1)
    assert set(counted()) == {"Аквапарк", "Дельфинарий"}
    for question in ("аквапарк", "дельфинарий", "планетарий"):
        ask(question)
    assert counted() == {"Аквапарк": 2, "Дельфинарий": 1}


def test_a_hasty_visitor_counts_once(ask, counted):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: ask("аквапарк", visitor=1), range(8)))
    assert counted() == {"Аквапарк": 1}


def test_no_row_says_who_asked(browser, make, session, counted):
    person = make.person()
    member = browser().sign_in(person)
    headers = {"User-Agent": "Unmistakable/77.7", "X-Forwarded-For": "203.0.113.9"}
    member.open("/search?q=аквапарк", headers=headers, environ_overrides={"REMOTE_ADDR": "198.51.100.23"})
    assert counted() == {"Аквапарк": 1}
    (row,) = session.scalars(select(Unmet))
    assert set(Unmet.__table__.columns.keys()) == {
        "id", "key", "text", "times", "first_on", "last_on", "answered_by_id", "answered_at", "hidden_at", "hidden_reason",
    }  # fmt: skip
    assert row.answered_by_id is None and row.first_on == row.last_on
    kept = [str(value) for table in (Unmet.__table__, Attempt.__table__) for line in session.execute(select(table)) for value in line]
    for trace in ("198.51.100.23", "203.0.113.9", "Unmistakable", person.email, person.handle):
        assert not any(trace in value for value in kept), trace
    assert [kind for kind in session.scalars(select(Base.metadata.tables["events"].c.kind)) if not kind.startswith("account.")] == []


def test_what_is_kept_of_a_visitor_is_gone_after_a_day_and_tells_nothing_without_the_key(ask, session, app, counted):
    ask("аквапарк", visitor=1)
    marks = set(session.scalars(select(Attempt.key)))
    session.rollback()
    assert len(marks) == 3 and all(mark.startswith("demand:") for mark in marks)
    session.query(Unmet).delete()
    session.query(Attempt).delete()
    session.commit()
    app.config["SECRET_KEY"] = "another key"
    ask("аквапарк", visitor=1)
    assert not marks & set(session.scalars(select(Attempt.key)))
    with time_machine.travel(now() + timedelta(days=1, minutes=1), tick=False):
        attempts.purge(session)
        session.commit()
    assert session.scalars(select(Attempt.key)).all() == []
    assert counted() == {"Аквапарк": 1}


def test_rare_questions_are_forgotten_after_half_a_year(ask, counted, unmet):
    long_ago = now().date() - timedelta(days=200)
    unmet("Дельфинарий", times=2, on=long_ago)
    unmet("Зоопарк", times=3, on=long_ago)
    ask("аквапарк")
    assert counted() == {"Зоопарк": 3, "Аквапарк": 1}


def test_a_busy_database_costs_a_count_and_no_page(ask, counted, session):
    session.connection().exec_driver_sql("UPDATE stamps SET version = version WHERE name = 'none'")
    assert "Ничего не нашлось" in ask("аквапарк").words
    session.rollback()
    assert counted() == {}
    ask("аквапарк")
    assert counted() == {"Аквапарк": 1}


def test_a_read_only_database_costs_a_count_and_no_page(app, ask, counted):
    with app.app_context():
        engine = db.engine
    engine.dispose()
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only=ON"))
    assert "Ничего не нашлось" in ask("аквапарк").words
    assert counted() == {}


def test_a_fault_of_ours_costs_a_count_and_no_page(ask, counted, monkeypatch):
    def refuse(*_, **__):
        raise RuntimeError("anything at all")

    with monkeypatch.context() as broken:
        broken.setattr(counting, "insert_once", refuse)
        assert "Ничего не нашлось" in ask("аквапарк").words
    assert counted() == {}
    ask("аквапарк")
    assert counted() == {"Аквапарк": 1}


def test_other_writers_have_their_patience_back(app, ask):
    ask("аквапарк")
    with app.app_context(), db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == database.BUSY_MS
