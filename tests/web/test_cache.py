"""Guests' pages are kept, and never longer than they are true."""

import pytest
from sqlalchemy import select

from forum.core import stamps
from forum.practices.models import Practice


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
