"""Erasure: asked for with the password, undone for two weeks, then what was published stays without its author."""

import re
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text

from forum.accounts.models import BrowserSession, Person, Role
from forum.bookmarks.models import Bookmark
from forum.core.clock import now
from forum.core.letters import Letter
from forum.core.model import Base
from forum.entries.models import Entry
from forum.personal_data import erasing
from forum.personal_data.models import TERM, Erasure
from forum.votes.models import Vote
from tests.factories.make import PASSWORD


@pytest.fixture
def work(app):
    def go():
        with app.app_context():
            return erasing.erase_due()

    return go


@pytest.fixture
def leaving(make):
    return make.person("Галина Рябова", about="Отвечаю за благоустройство", position="Начальник отдела")


def _ask(visitor, password):
    return visitor.client.post("/account/erasure", data={"csrf_token": visitor.token(), "password_old": password})


def _come_to_term(session, person):
    session.get_one(Erasure, person.id).due_at = now() - timedelta(seconds=1)
    session.commit()


@pytest.fixture
def asked(visitor, leaving):
    """Somebody who is to be erased."""
    visitor.sign_in(leaving)
    assert _ask(visitor, PASSWORD).status_code == 303
    return leaving


def test_a_wrong_password_changes_nothing(visitor, leaving, session):
    visitor.sign_in(leaving)
    answer = _ask(visitor, "not this one")
    assert answer.status_code == 422 and "не подошёл" in answer.text
    assert session.scalar(select(Erasure.person_id)) is None


def test_one_can_think_better_of_it(visitor, asked, session, work):
    assert "Учётная запись будет удалена" in visitor.sign_in(asked).open("/account/data").text
    assert work() == 0
    visitor.client.post("/account/erasure/cancellation", data={"csrf_token": visitor.token()})
    assert session.scalar(select(Erasure.person_id)) is None
    assert session.scalars(select(Letter).where(Letter.template == "personal_data_erasure")).one().to == asked.email


def test_what_was_published_stays_without_a_name(visitor, browser, make, session, asked, work):
    practice = make.practice("Скамейки у поликлиники", author=asked, contact="Рябова, 8 900 000-00-00")
    comment = make.comment(make.practice(), "Мы сделали так же", author=asked)
    make.practice("Только черновик", author=asked, state="draft")
    email, handle = asked.email, asked.handle
    _come_to_term(session, asked)
    assert work() == 1
    guest = browser()
    page = guest.open(f"/practices/{practice.id}/{practice.slug}").text
    assert "Удалённый участник" in page and "Рябова" not in page
    about = session.get_one(Entry, comment.root_id)
    assert "Мы сделали так же" in guest.open(f"/practices/{about.id}/{about.slug}").text
    assert guest.client.get(f"/people/{handle}").status_code == 404
    left = "\n".join(
        str(row)
        for table in Base.metadata.sorted_tables
        for row in session.execute(text(f'SELECT * FROM "{table.name}"'))  # noqa: S608
    )
    assert email not in left and "Рябова" not in left and "Только черновик" not in left and "Отвечаю за благоустройство" not in left
    session.expire_all()
    assert session.scalars(select(Entry.author_id).where(Entry.id == practice.id)).one() == asked.id


def test_nobody_can_sign_in_as_the_erased(visitor, browser, session, asked, work):
    email = asked.email
    _come_to_term(session, asked)
    work()
    assert visitor.client.get("/account").status_code == 302  # the session ended
    assert session.scalar(select(BrowserSession.id).where(BrowserSession.person_id == asked.id)) is None
    other = browser()
    answer = other.client.post("/login", data={"csrf_token": other.token("/login"), "email": email, "password": PASSWORD})
    assert answer.status_code != 302 and session.get_one(Person, asked.id).role == Role.EMPLOYEE


def test_what_is_only_theirs_goes_and_sums_stay(make, session, asked, work):
    practice = make.practice()
    session.add(Vote(person_id=asked.id, entry_id=practice.id, value=1))
    session.add(Bookmark(person_id=asked.id, entry_id=practice.id))
    session.commit()
    _come_to_term(session, asked)
    work()
    session.expire_all()
    assert session.scalar(select(Bookmark.entry_id).where(Bookmark.person_id == asked.id)) is None
    assert session.scalars(select(Vote.value).where(Vote.entry_id == practice.id)).all() == [1]


def test_the_last_admin_stays(visitor, make, session, work):
    admin = make.admin()
    visitor.sign_in(admin)
    answer = visitor.client.post(
        f"/admin/people/{admin.handle}/erasure", data={"csrf_token": visitor.token(), "reason": "Письмо от 12 ноября, вх. № 41"}
    )
    assert answer.status_code == 422 and "единственный администратор" in answer.text
    assert work() == 0


def test_an_admin_erases_on_a_written_request_with_a_reason(visitor, make, session, leaving, work):
    visitor.sign_in(make.admin())
    address = f"/admin/people/{leaving.handle}/erasure"
    assert visitor.client.post(address, data={"csrf_token": visitor.token(), "reason": " "}).status_code == 422
    assert visitor.client.post(address, data={"csrf_token": visitor.token(), "reason": "Письмо, вх. № 41"}).status_code == 303
    assert work() == 1
    session.expire_all()
    assert session.get_one(Person, leaving.id).name == erasing.NAME


def test_the_term_is_told(visitor, asked):
    page = visitor.sign_in(asked).open("/account/data").text
    day = (now() + TERM).replace(tzinfo=UTC).astimezone(ZoneInfo("Europe/Moscow")).day
    assert re.search(rf"\b{day}\b", page)
