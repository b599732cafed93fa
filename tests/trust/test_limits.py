"""Each limit at its boundary: what people write, in the database; volumes, by Flask-Limiter; and the trap for programs."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from config import Testing
from forum import create_app
from forum.accounts.models import Person
from forum.comments.models import Comment
from forum.core.level import Level
from forum.moderation.models import Report
from forum.trust import shield
from forum.trust.limits import QUOTAS, Window
from forum.trust.quotas import wait
from tests.client import Browser

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_the_wait_ends_when_the_oldest_that_counts_is_old_enough():
    windows = (Window(2, timedelta(minutes=10)), Window(3, timedelta(hours=1)))
    minutes = [START - timedelta(minutes=number) for number in (1, 4, 59)]
    assert wait(minutes[:1], windows, START) is None
    assert wait(minutes[:2], windows, START) == timedelta(minutes=6)
    assert wait(minutes, windows, START) == timedelta(minutes=6)
    assert wait([minutes[0], START - timedelta(minutes=20), minutes[2]], windows, START) == timedelta(minutes=1)
    assert wait([START - timedelta(minutes=10), START - timedelta(minutes=61)], windows, START) is None


def test_comments_end_at_their_hourly_limit_and_go_on_later(counted, make, browser, session):
    practice, author, visitor = make.practice(), make.person(trusted=False), browser()
    ten, hour, _day = (window.times for window in QUOTAS["comment"][Level.NEWCOMER])
    with time_machine.travel(START, tick=False) as clock:
        visitor.sign_in(author)
        for number in range(hour):
            if number and number % ten == 0:
                clock.shift(timedelta(minutes=10))
            visitor.post(f"/entries/{practice.id}/comments", expect=303, body=f"Реплика {number}")
        page = visitor.post(f"/entries/{practice.id}/comments", expect=429, body="Лишняя реплика")
        assert "Лишняя реплика" in page.text
        assert int(page.response.headers["Retry-After"]) == 3600 - 600 * ((hour - 1) // ten)
        clock.shift(timedelta(hours=1))
        visitor.sign_in(author)
        visitor.post(f"/entries/{practice.id}/comments", expect=303, body="Снова можно")
    assert session.scalar(select(func.count()).select_from(Comment)) == hour + 1


def test_practices_end_at_their_limit_and_the_form_stays_filled(counted, make, browser):
    visitor = browser().sign_in(make.person(trusted=False))
    place, nomination = make.place("Обнинск"), make.nomination()
    words = {"summary": "Кратко", "problem": "Было", "solution": "Сделали", "results": "Стало"}
    card = words | {"nomination": str(nomination.id), "municipality": "Обнинск, Калужская область"}
    for number in range(3):
        form = visitor.open("/practices/new").form("/practices/new")
        visitor.post("/practices/new", expect=303, data=form | card | {"title": f"Практика {number}", "action": "publish"})
    form = visitor.open("/practices/new").form("/practices/new")
    page = visitor.post("/practices/new", expect=429, data=form | card | {"title": "Четвёртая практика", "action": "publish"})
    assert "Четвёртая практика" in page.text
    assert "Попробуйте через" in page.words
    assert place.name in page.text


def test_reports_end_at_their_limit(counted, make, browser, session):
    visitor, practice = browser().sign_in(make.person(trusted=False)), make.practice()
    comments = [make.comment(practice, f"Реплика {number}") for number in range(6)]
    for comment in comments[:5]:
        visitor.post(f"/entries/{comment.id}/reports", reason="spam")
    page = visitor.post(f"/entries/{comments[5].id}/reports", expect=429, reason="other", note="Вот что не так")
    assert "Вот что не так" in page.text
    assert session.scalar(select(func.count()).select_from(Report)) == 5


def test_programs_are_told_in_their_own_way(counted, make, browser):
    practice, visitor = make.practice(), browser().sign_in(make.person(trusted=False))
    for number in range(9):
        answer = visitor.client.post(
            f"/entries/{practice.id}/comments",
            data={"csrf_token": visitor.token(), "body": f"Реплика {number}"},
            headers={"Accept": "application/json"},
        )
    assert (answer.status_code, answer.mimetype) == (429, "application/problem+json")
    assert answer.json["code"] == "too_often"
    assert int(answer.headers["Retry-After"]) > 0


def test_of_fifty_at_once_no_more_are_taken_than_the_limit(app, counted, make, browser, session):
    author, practices = make.person(trusted=False), [make.practice() for _ in range(4)]
    visitors = [browser().sign_in(author) for _ in range(4)]
    tokens = [visitor.token() for visitor in visitors]
    statuses: list[int] = []

    def post(number: int) -> None:
        for turn in range(5):
            answer = visitors[number].client.post(
                f"/entries/{practices[number].id}/comments", data={"csrf_token": tokens[number], "body": f"Реплика {number} {turn}"}
            )
            statuses.append(answer.status_code)

    threads = [threading.Thread(target=post, args=(number,)) for number in range(4)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    assert sorted(statuses) == [303] * 8 + [429] * 12
    assert session.scalar(select(func.count()).select_from(Comment)) == 8


@pytest.fixture
def shielded(app, tmp_path):
    """The same site with its limits on from the start."""
    made = create_app(Testing(INSTANCE=str(tmp_path), SECRET_KEY="a key for tests only", RATE_LIMITS="on"))
    yield made
    # The extension is one for all applications of a process.
    create_app(Testing(INSTANCE=str(tmp_path), SECRET_KEY="a key for tests only"))


@pytest.mark.parametrize("spoofed", [False, True])
def test_a_flood_of_questions_is_stopped_whatever_it_says_of_itself(shielded, monkeypatch, spoofed):
    monkeypatch.setitem(shield.VOLUMES, "search", ("5 per minute", "5 per minute"))
    client, statuses = shielded.test_client(), []
    for number in range(6):
        answer = client.get("/search?q=", headers={"X-Forwarded-For": f"10.1.1.{number}"} if spoofed else {})
        statuses.append(answer.status_code)
    assert statuses == [200] * 5 + [429]
    assert 0 < int(answer.headers["Retry-After"]) <= 61
    assert "Слишком часто" in answer.get_data(as_text=True)
    for number in range(6):
        program = client.get("/api/v1/search?q=", headers={"X-Forwarded-For": f"10.2.2.{number}"} if spoofed else {})
    assert (program.status_code, program.mimetype) == (429, "application/problem+json")
    assert program.json["retry_after"] == int(program.headers["Retry-After"])


def test_every_limited_page_is_there(app):
    assert (shield.READING | shield.WRITING).keys() <= app.view_functions.keys()


def test_the_page_says_how_long_and_gives_back_what_was_typed(shielded, make):
    visitor, practice = Browser(shielded).sign_in(make.person()), make.practice()
    token, comment = visitor.token(), make.comment(practice, "Реплика")
    for _ in range(30):
        visitor.client.post(f"/entries/{comment.id}/reports", data={"csrf_token": token, "reason": "bogus"})
    page = visitor.post(f"/entries/{comment.id}/reports", expect=429, csrf_token=token, reason="other", note="Долго и подробно писал " * 5)
    assert page.heading == "Слишком часто"
    assert "Попробуйте через" in page.words
    assert ("Долго и подробно писал " * 5).strip() in page.text
    assert page.form(f"/entries/{comment.id}/reports")["reason"] == "other"


def test_a_filled_trap_refuses_says_so_and_lets_a_person_go_on(visitor, session):
    form = {"name": "Вера Ильина", "email": "vera@admobninsk.ru", "password": "длинная фраза из слов", "consent": "y"}
    page = visitor.post("/register", expect=422, **form, website="https://spam.example")
    assert "в скрытом поле что-то написано" in page.words
    assert session.scalar(select(Person.id)) is None
    session.commit()
    again = page.form("/register")
    assert again["website"] == ""
    assert again["name"] == "Вера Ильина"
    visitor.post("/register", expect=303, data=again | {"password": form["password"]})
    assert session.scalar(select(Person.email)) == "vera@admobninsk.ru"


def test_the_trap_is_out_of_the_way_of_people(visit):
    field = next(each for each in visit("/register").tree.iter("input") if each.get("name") == "website")
    assert (field.get("tabindex"), field.get("autocomplete"), field.get("type")) == ("-1", "off", "text")
    label = next(each for each in visit("/register").tree.iter("label") if each.get("for") == field.get("id"))
    assert "оставьте пустым" in "".join(label.itertext())


def test_without_redis_people_write_and_floods_are_stopped_still(tmp_path, app, monkeypatch):
    monkeypatch.setitem(shield.VOLUMES, "search", ("2 per minute", "2 per minute"))
    key = "a key for tests only"
    away = create_app(Testing(INSTANCE=str(tmp_path), SECRET_KEY=key, RATE_LIMITS="on", REDIS_URL="redis://127.0.0.1:9/0"))
    try:
        client = away.test_client()
        assert [client.get("/search?q=").status_code for _ in range(3)] == [200, 200, 429]
    finally:
        create_app(Testing(INSTANCE=str(tmp_path), SECRET_KEY=key))


def test_a_comment_that_a_program_filled_in_comes_back_whole(make, visitor):
    practice = make.practice()
    visitor.sign_in(make.person())
    address = f"/practices/{practice.id}/{practice.slug}"
    form = visitor.open(address).form(f"/entries/{practice.id}/comments") | {"body": "Сколько стоил один светильник?"}
    assert form["website"] == ""
    page = visitor.post(f"/entries/{practice.id}/comments", expect=422, **form | {"website": "https://spam.example"})
    assert "нажмите кнопку ещё раз" in page.words
    again = page.form(f"/entries/{practice.id}/comments")
    assert (again["website"], again["body"]) == ("", "Сколько стоил один светильник?")
    visitor.post(f"/entries/{practice.id}/comments", expect=303, **again)
