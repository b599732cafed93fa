"""Sessions: seen, ended one by one or all at once, and over by themselves in time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from forum.accounts import devices
from forum.accounts.digests import digest
from forum.accounts.models import BrowserSession, Person
from forum.core.clock import now
from forum.core.database import intend
from forum.core.events import Event
from forum.worker import drain, housekeep
from tests.factories.make import PASSWORD

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
CHROME = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"


def rows(session):
    session.rollback()
    session.expire_all()
    found = session.scalars(select(BrowserSession).order_by(BrowserSession.id)).all()
    session.expunge_all()
    session.rollback()
    return found


def token_of(visitor):
    with visitor.client.session_transaction() as cookie:
        return cookie["_user_id"]


def entered(visitor, person, *, agent=FIREFOX, address="203.0.113.7", **more):
    visitor.client.environ_base |= {"HTTP_USER_AGENT": agent, "REMOTE_ADDR": address}
    visitor.post("/login", email=person.email, password=PASSWORD, **more)
    visitor.signed_in = True
    return visitor


def test_a_sign_in_leaves_a_hash_a_device_and_no_address(visitor, make, session):
    entered(visitor, make.person())
    (row,) = rows(session)
    assert row.digest == digest(token_of(visitor))
    assert len(token_of(visitor)) >= 43
    assert (row.device, row.network) == ("Firefox, Windows", "203.0.*.*")


@pytest.mark.parametrize(
    ("agent", "address", "words", "network"),
    [
        (CHROME, "2001:db8:1:2::3", "Chrome, Android", "2001:db8::/32"),
        (CHROME.replace("Chrome", "YaBrowser/24.6 Chrome"), "::ffff:10.1.2.3", "Яндекс Браузер, Android", "10.1.*.*"),
        ("curl/8.5", "nonsense", "", ""),
        ("<script>" * 900 + "Linux", "", "", ""),
    ],
)
def test_a_device_is_told_in_coarse_words(agent, address, words, network):
    assert (devices.words(agent), devices.network(address)) == (words, network)


def test_one_sees_ones_sessions_and_ends_another(visitor, browser, make):
    person = make.person()
    phone = entered(browser(), person, agent=CHROME)
    entered(visitor, person)
    page = visitor.open("/account/sessions")
    assert "Chrome, Android" in page.words and "Firefox, Windows этот сеанс" in page.words
    visitor.post("/account/sessions/1/ending")
    phone.open("/account", expect=302)
    assert "Chrome, Android" not in visitor.open("/account/sessions").words
    visitor.post("/account/sessions/1/ending", expect=404)


def test_others_sessions_are_out_of_reach(visitor, browser, make):
    other = browser().sign_in(make.person())
    visitor.sign_in(make.person())
    visitor.post("/account/sessions/1/ending", expect=404)
    other.open("/account")


def test_all_others_end_and_this_one_goes_on(visitor, browser, make, session):
    person = make.person()
    others = [browser().sign_in(person) for _ in range(3)]
    visitor.sign_in(person)
    visitor.post("/account/sessions/ending")
    for other in others:
        other.open("/account", expect=302)
    assert "Остальные сеансы завершены" in visitor.open("/account/sessions").words
    kinds = session.scalars(select(Event.kind).where(Event.person_id == person.id)).all()
    assert kinds.count("account.sessions_ended") == 1


def test_ending_this_session_signs_out(visitor, make):
    visitor.sign_in(make.person())
    visitor.post("/account/sessions/1/ending")
    visitor.open("/account", expect=302)


def test_a_cookie_kept_from_before_signing_out_opens_nothing(visitor, browser, make):
    visitor.sign_in(make.person())
    kept = visitor.client.get_cookie("session").value
    visitor.sign_out()
    thief = browser()
    thief.client.set_cookie("session", kept)
    thief.open("/account", expect=302)


def test_a_new_password_gives_the_session_a_new_token(visitor, browser, make):
    visitor.sign_in(make.person())
    kept = visitor.client.get_cookie("session").value
    visitor.post("/account/password", password_old=PASSWORD, password="Яблоки падают осенью")
    visitor.open("/account")
    thief = browser()
    thief.client.set_cookie("session", kept)
    thief.open("/account", expect=302)


def test_another_role_ends_sessions(visitor, browser, make):
    person = make.person()
    theirs = browser().sign_in(person)
    visitor.sign_in(make.admin()).post(f"/admin/people/{person.handle}/role", role="moderator")
    theirs.open("/account", expect=302)
    browser().sign_in(person).open("/account")


def test_a_suspension_ends_sessions(app, visitor, browser, make):
    person = make.person()
    theirs = browser().sign_in(person)
    visitor.sign_in(make.moderator()).post(f"/people/{person.handle}/suspension", reason="Реклама", days="3")
    with app.app_context():
        intend(True)
        drain()
    theirs.open("/account", expect=302)
    assert "Реклама" in browser().sign_in(person).open("/account").words


def test_reading_keeps_a_session_alive(visitor, make, time_machine, session):
    person = make.person()
    entered(visitor, person, remember="y")
    start = now()
    for days in (10, 20, 30):
        time_machine.move_to(start + timedelta(days=days))
        visitor.open("/account")
    assert rows(session)[0].seen_at > start + timedelta(days=30)
    assert session.scalar(select(Person.seen_at)) > start + timedelta(days=30)
    session.rollback()
    time_machine.move_to(start + timedelta(days=44, minutes=1))
    visitor.open("/account", expect=302)


def test_a_session_ends_however_often_it_is_used(visitor, make, time_machine):
    entered(visitor, make.person(), remember="y")
    start = now()
    for days in (10, 20, 30, 40, 50, 59):
        time_machine.move_to(start + timedelta(days=days))
        visitor.open("/account")
    time_machine.move_to(start + timedelta(days=60, minutes=1))
    visitor.open("/account", expect=302)


def test_on_a_computer_of_others_it_ends_the_same_day(visitor, make, time_machine):
    entered(visitor, make.person())
    assert not visitor.client.get_cookie("session").expires
    time_machine.move_to(now() + timedelta(hours=12, minutes=1))
    visitor.open("/account", expect=302)


def test_use_is_noted_rarely_and_within_the_budget_of_a_page(visitor, make, count_queries, time_machine):
    practice = make.practice()
    visitor.sign_in(make.person())
    address = f"/practices/{practice.id}/{practice.slug}"
    visitor.open(address)
    fresh = count_queries(lambda: visitor.open(address))
    time_machine.move_to(now() + timedelta(minutes=6))
    assert count_queries(lambda: visitor.open(address)) == fresh + 2 <= 12
    assert count_queries(lambda: visitor.open(address)) == fresh


def test_a_busy_database_keeps_no_reader_waiting(visitor, make, session, time_machine):
    visitor.sign_in(make.person())
    time_machine.move_to(now() + timedelta(minutes=6))
    session.execute(select(Person.id))  # takes the write lock, as every session here does
    visitor.open("/account")
    session.rollback()
    assert rows(session)[0].seen_at < now() - timedelta(minutes=5)


def test_old_sessions_are_forgotten(app, visitor, make, session, time_machine):
    visitor.sign_in(make.person())
    time_machine.move_to(now() + timedelta(days=91))
    with app.app_context():
        intend(True)
        housekeep()
    assert rows(session) == []


def test_a_new_device_is_told_by_letter_and_a_known_one_is_not(browser, make, letters):
    person = make.person()
    entered(browser(), person)
    entered(browser(), person, address="203.0.200.9")
    assert letters() == [], "the first sign-in, and the same machine with another address, are no news"
    entered(browser(), person, agent=CHROME)
    entered(browser(), person, address="198.51.100.1")
    told = letters()
    assert [letter["Subject"] for letter in told] == ["Вход с нового устройства"] * 2
    assert "Chrome, Android" in told[0].get_content()
    assert "/account/sessions" in told[0].get_content()


def test_signing_in_is_on_record_without_secrets(visitor, make, session):
    person = make.person()
    visitor.post("/login", expect=422, email=person.email, password="wrong words")
    visitor.post("/login", expect=422, email="nobody@example.org", password="wrong words")
    entered(visitor, person)
    found = session.scalars(select(Event).order_by(Event.id)).all()
    assert [(event.kind, event.person_id) for event in found] == [
        ("account.sign_in_failed", person.id),
        ("account.sign_in_failed", None),
        ("account.signed_in", person.id),
    ]
    texts = " ".join(str(event.data) for event in found)
    assert not any(secret in texts for secret in ("wrong", person.email, "nobody@", "203.0.113.7", token_of(visitor)))
