"""Signing in: one answer for all who fail, limits, a session of one's own, nothing typed lost."""

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from forum.accounts import sessions
from forum.accounts.models import Person
from forum.core.attempts import Attempt
from forum.core.clock import now
from tests.factories.make import PASSWORD, hashed


def test_what_fails_does_not_tell_who_has_an_account(browser, make):
    person = make.person()
    wrong = browser().post("/login", expect=422, email=person.email, password="not the password")
    unknown = browser().post("/login", expect=422, email="nobody@example.org", password="not the password")
    assert "Почта или пароль не подходят" in wrong.words
    assert wrong.words == unknown.words


def test_an_address_may_be_typed_in_any_case(visitor, make):
    person = make.person(email="ivanova@kaluga.example")
    visitor.post("/login", email=" Ivanova@Kaluga.Example ", password=PASSWORD)
    assert visitor.open("/account").heading == "Настройки"
    assert person.email


def test_the_eleventh_try_for_an_account_waits(visitor, make, session, limits):
    person = make.person()
    for number in range(10):
        visitor.client.environ_base["REMOTE_ADDR"] = f"10.0.0.{number}"
        visitor.post("/login", expect=422, email=person.email, password="wrong")
    page = visitor.post("/login", expect=429, email=person.email, password=PASSWORD)
    assert "через 5 мин" in page.words
    assert page.form("/login")["email"] == person.email
    assert int(page.response.headers["Retry-After"]) <= 300
    keys = session.scalars(select(Attempt.key)).all()
    assert sum("account" in key for key in keys) == 10
    assert not any(person.email in key for key in keys)


def test_the_eleventh_try_from_an_address_waits_whatever_it_says_of_itself(visitor, make, limits):
    person = make.person()
    for number in range(10):
        headers = {"X-Forwarded-For": f"10.0.0.{number}"}
        visitor.post("/login", expect=422, email=f"p{number}@example.org", password="wrong", headers=headers)
    visitor.post("/login", expect=429, email=person.email, password=PASSWORD, headers={"X-Forwarded-For": "10.9.9.9"})


def test_waiting_helps(visitor, make, limits, time_machine):
    person = make.person()
    for _ in range(10):
        visitor.post("/login", expect=422, email=person.email, password="wrong")
    time_machine.move_to(now() + timedelta(seconds=301))
    visitor.sign_in(person)


def test_who_succeeds_uses_up_nothing(app, browser, make, limits):
    person = make.person()
    for _ in range(12):
        browser().sign_in(person)


def test_a_planted_session_is_not_taken_over(visitor, make, app):
    visitor.open("/login")
    before = visitor.client.get_cookie("session").value
    with visitor.client.session_transaction() as planted:
        planted["planted"] = "yes"
    visitor.sign_in(make.person())
    assert visitor.client.get_cookie("session").value != before
    with visitor.client.session_transaction() as now:
        assert "planted" not in now


@pytest.mark.parametrize(
    ("target", "goes"),
    [
        ("/account?tab=1", "/account?tab=1"),
        ("//evil.example/", "/"),
        ("https://evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/%0d%0aSet-Cookie:x", "/%0d%0aSet-Cookie:x"),
        ("", "/"),
    ],
)
def test_after_sign_in_one_goes_to_a_page_of_ours(visitor, make, target, goes):
    answer = visitor.post("/login", email=make.person().email, password=PASSWORD, next=target)
    assert answer.response.location == goes


def test_a_page_for_members_asks_to_sign_in_and_comes_back(visitor, make):
    answer = visitor.open("/account/tokens", expect=302)
    form = visitor.open(answer.response.location).form("/login")
    assert form["next"] == "/account/tokens"
    after = visitor.post("/login", **{**form, "email": make.person().email, "password": PASSWORD})
    assert after.response.location == "/account/tokens"


def test_a_hash_of_another_cost_is_renewed(visitor, session, make):
    person = make.person()
    person.password_hash = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(PASSWORD)
    session.commit()
    visitor.sign_in(person)
    session.rollback()
    renewed = session.scalar(select(Person.password_hash).where(Person.id == person.id))
    assert renewed.split("$")[3] == hashed(PASSWORD).split("$")[3]


def test_sign_out_ends_the_session_and_needs_a_post(visitor, make):
    visitor.sign_in(make.person())
    assert visitor.client.get("/logout").status_code == 405
    visitor.sign_out()
    visitor.open("/account", expect=302)


def test_a_form_without_token_is_shown_again_and_the_password_asked_anew(visitor, make):
    person = make.person()
    visitor.open("/login")
    page = visitor.post("/login", expect=400, token=False, email=person.email, password=PASSWORD, next="/account/tokens")
    assert PASSWORD not in page.text
    form = page.form("/login")
    assert (form["email"], form["password"], form["next"]) == (person.email, "", "/account/tokens")
    assert visitor.post("/login", **{**form, "password": PASSWORD}).response.location == "/account/tokens"


def test_what_was_typed_in_an_expired_session_arrives_after_sign_in(visitor, make, session):
    person = make.person()
    visitor.sign_in(person)
    typed = {"name": "Мария Соколова", "about": "Первая строка\nВторая – с «ёлочками» & <скобками>\n" + "слово " * 40, "lang": "ru"}
    token = visitor.token()
    visitor.client.delete_cookie("session")
    page = visitor.post("/account", expect=401, token=False, csrf_token=token, **typed)
    assert "Ничего не потеряно" in page.words
    form = page.form("/login")
    wrong = visitor.post("/login", expect=422, **{**form, "email": person.email, "password": "wrong"})
    stale = visitor.post("/login", expect=400, **{**wrong.form("/login"), "password": PASSWORD, "csrf_token": "old"})
    resend = visitor.post("/login", expect=200, **{**stale.form("/login"), "password": PASSWORD})
    assert "слово слово" in resend.words
    visitor.signed_in = True
    visitor.post("/account", **resend.form("/account"))
    session.rollback()
    about = session.scalar(select(Person.about).where(Person.id == person.id))
    assert about == typed["about"].strip()


def test_a_session_that_is_forged_or_of_nobody_is_a_guests(visitor, make, session):
    person = make.person()
    visitor.sign_in(person)
    sessions.end_all(session, person.id)
    session.commit()
    visitor.open("/account", expect=302)
    visitor.client.set_cookie("session", "forged.value.here")
    visitor.open("/account", expect=302)
