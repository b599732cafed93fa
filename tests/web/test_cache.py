"""Guests' pages are kept, and never longer than they are true."""

import re

import pytest
from sqlalchemy import select

from forum.core import stamps
from forum.core.actor import SYSTEM
from forum.practices.models import Practice
from forum.web.kept import TOKEN


def etag(response):
    return response.headers["ETag"]


def test_a_repeated_visit_of_a_guest_is_a_304(make, visitor):
    make.practice()
    first = visitor.client.get("/practices")
    assert first.status_code == 200
    assert visitor.client.get("/practices", headers={"If-None-Match": etag(first)}).status_code == 304


def test_a_kept_page_costs_one_query(make, visitor, count_queries):
    practice = make.practice()
    visitor.open(f"/practices/{practice.id}/{practice.slug}")
    assert count_queries(lambda: visitor.open(f"/practices/{practice.id}/{practice.slug}")) == 1


def test_a_change_shows_at_once(make, session, visitor, browser):
    practice = make.practice("Старое название")
    visitor.open("/practices")
    practice = session.scalars(select(Practice)).one()
    practice.title = "Новое название"
    session.commit()
    assert "Новое название" in visitor.open("/practices").words


def test_a_vote_shows_at_once(make, visitor, browser):
    practice = make.practice()
    address = f"/practices/{practice.id}/{practice.slug}"
    before = visitor.open(address).text
    browser().sign_in(make.person()).post(f"/entries/{practice.id}/vote", expect=303, value="1")
    assert visitor.open(address).text != before


@pytest.mark.parametrize("address", ["/", "/practices", "/regions", "/search?q=свет", "/moderation/log"])
def test_a_guests_page_carries_no_token_and_no_session(make, visitor, address):
    make.practice()
    response = visitor.client.get(address)
    text = response.get_data(as_text=True)
    assert "Set-Cookie" not in response.headers
    assert "csrf" not in text
    assert response.headers["Vary"].find("Cookie") >= 0


def test_a_persons_page_is_private_and_never_kept(make, visitor, browser):
    practice = make.practice()
    person = make.person("Пётр Личный")
    address = f"/practices/{practice.id}/{practice.slug}"
    response = browser().sign_in(person).client.get(address)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "Пётр Личный" not in visitor.open(address).text


def test_the_stamp_grows_with_public_changes_only(make, session):
    practice = make.practice()
    before = stamps.current(session)
    session.rollback()
    practice.score = 5
    session.commit()
    assert stamps.current(session) == before + 1


def test_pages_are_compressed_where_the_caller_takes_it(make, visitor):
    make.practice()
    response = visitor.client.get("/practices", headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.data) < len(visitor.client.get("/practices").data) / 2


@pytest.fixture
def read(make, browser):
    """The page of a practice with one comment, as somebody signed in reads it again and again."""
    practice, reader = make.practice("Старое название", author=make.person("Ольга Прежняя")), browser().sign_in(make.person())
    comment = make.comment(practice, "Слова комментария", author=make.person("Пётр Прежний"))

    def words():
        return reader.open(f"/practices/{practice.id}/{practice.slug}").words

    words()
    words.practice, words.comment, words.reader = practice, comment, reader
    return words


@pytest.mark.parametrize(
    ("change", "gone", "there"),
    [
        (lambda read: setattr(read.practice, "title", "Новое название"), "Старое название", "Новое название"),
        (lambda read: setattr(read.practice.author, "name", "Ольга Новая"), "Ольга Прежняя", "Ольга Новая"),
        (lambda read: setattr(read.practice.author, "position", "Глава округа"), None, "Глава округа"),
        (lambda read: setattr(read.comment.author, "name", "Пётр Новый"), "Пётр Прежний", "Пётр Новый"),
        (lambda read: read.comment.write("Другие слова"), "Слова комментария", "Другие слова"),
        (lambda read: read.comment.hide(SYSTEM, "Не по делу"), "Слова комментария", None),
        (lambda read: read.practice.lock(SYSTEM, True, "Спор затянулся"), "Ответить", "Обсуждение закрыто"),
    ],
    ids=["title", "author", "position", "author of a comment", "words of a comment", "hidden comment", "lock"],
)
def test_a_signed_in_reader_sees_a_change_at_once(read, session, change, gone, there):
    change(read)
    session.commit()
    words = read()
    assert gone is None or gone not in words
    assert there is None or there in words


def test_a_comment_and_a_vote_show_at_once_to_the_signed_in(read, make, browser):
    other = browser().sign_in(make.person())
    other.post(f"/entries/{read.practice.id}/comments", expect=303, body="Ещё одно слово")
    other.post(f"/entries/{read.comment.id}/vote", expect=303, value="-1")
    words = read()
    assert "Ещё одно слово" in words and "\N{MINUS SIGN}1" in words


def test_kept_parts_carry_the_token_of_their_reader_alone(read, make, browser):
    address = f"/practices/{read.practice.id}/{read.practice.slug}"
    texts = [who.open(address).text for who in (read.reader, browser().sign_in(make.person()))]
    tokens = [set(re.findall(r'name="csrf_token" value="([^"]*)"', text)) for text in texts]
    assert [len(own) for own in tokens] == [1, 1] and tokens[0] != tokens[1]
    assert all(TOKEN not in text for text in texts)


def test_controls_are_those_of_the_reader(read, browser):
    address = f"/practices/{read.practice.id}/{read.practice.slug}"
    author = browser().sign_in(read.comment.author)
    assert f"/comments/{read.comment.id}/edit" in author.open(address).text
    assert f"/comments/{read.comment.id}/edit" not in read.reader.open(address).text
