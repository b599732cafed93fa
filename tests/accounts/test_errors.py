"""Pages of errors: calm, and nothing typed is lost on them."""

import pytest

from forum.core.errors import Refused
from forum.web.access import access, everyone

LONG = "Строка про воду & «трубы»\n" * 10


@pytest.fixture
def refusing(app):
    """A page that refuses whatever it is sent."""

    @access(everyone)
    def view():
        raise Refused("too_often", minutes=7)

    app.add_url_rule("/refusing", "refusing", view, methods=["POST"])


def test_a_missing_page_offers_search(visitor, make):
    page = visitor.open("/nowhere", expect=404)
    assert page.heading == "Такой страницы нет"
    assert 'action="/search"' in page.text
    visitor.sign_in(make.person())
    visitor.open("/nowhere", expect=404)


def test_what_was_refused_can_be_sent_again(visitor, refusing):
    token = visitor.token("/login")
    data = {"csrf_token": token, "body": LONG, "tag": ["вода", "трубы"], "password": "secret words"}
    page = visitor.post("/refusing", expect=429, data=data, headers={"Referer": "http://localhost/practices"})
    assert "через 7 мин" in page.words
    assert "Строка про воду" in page.words
    assert "http://localhost/practices" in page.links()
    assert "secret words" not in page.text
    fields = [
        (i.get("name"), i.get("value")) for i in page.tree.iter("input") if i.get("type") == "hidden" and i.get("name") in ("body", "tag")
    ]
    assert fields == [("body", LONG), ("tag", "вода"), ("tag", "трубы")]


def test_a_foreign_referrer_is_no_way_back(visitor, refusing):
    token = visitor.token("/login")
    page = visitor.post("/refusing", expect=429, csrf_token=token, body="x", headers={"Referer": "https://evil.example/"})
    assert not any("evil" in link for link in page.links())


def test_a_program_gets_problem_details(visitor):
    response = visitor.client.get("/nowhere", headers={"Accept": "application/json"})
    assert (response.status_code, response.content_type) == (404, "application/problem+json")
