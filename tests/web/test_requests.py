"""The request as a transaction, and what happens when it fails."""

import pytest
from sqlalchemy import select

from forum.accounts.models import Person
from forum.extensions import db
from forum.web.access import access, everyone
from forum.web.transaction import keep
from tests.client import Opened


@pytest.fixture
def routes(app):
    """Views that change a person's name and then end in different ways."""

    def rename(status, kept=False):
        person = db.session.scalars(select(Person)).first()
        person.name = "Другое Имя"
        if kept:
            keep()
        return "done", status

    def crash():
        rename(200)
        raise RuntimeError("boom")

    views = {
        "/t/ok": (lambda: rename(200), "POST"),
        "/t/refused": (lambda: rename(422), "POST"),
        "/t/kept": (lambda: rename(422, kept=True), "POST"),
        "/t/get": (lambda: rename(200), "GET"),
        "/t/crash": (crash, "POST"),
    }
    for address, (view, method) in views.items():
        named = access(everyone, csrf="none")(lambda view=view: view())
        app.add_url_rule(address, address, named, methods=[method])
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.testing = False
    return app


@pytest.mark.parametrize(
    ("address", "method", "changed"),
    [
        ("/t/ok", "POST", True),
        ("/t/refused", "POST", False),
        ("/t/kept", "POST", True),
        ("/t/get", "GET", False),
        ("/t/crash", "POST", False),
    ],
)
def test_what_is_committed(routes, make, session, visitor, address, method, changed):
    make.person("Мария Соколова")
    visitor.client.open(address, method=method)
    session.rollback()
    assert session.scalars(select(Person.name)).first() == ("Другое Имя" if changed else "Мария Соколова")


def test_a_crash_gives_back_what_was_typed(routes, make, visitor):
    make.person()
    response = visitor.client.post("/t/crash", data={"body": "Очень длинный и важный текст"})
    assert response.status_code == 500
    assert "Очень длинный и важный текст" in response.get_data(as_text=True)


def test_an_expired_session_gives_back_what_was_typed(app, make, browser):
    practice, person = make.practice(), make.person("Пётр Громов")
    guest = browser()
    page = guest.client.post(f"/entries/{practice.id}/comments", data={"body": "Текст, который жалко"})
    assert page.status_code == 401

    fields = Opened(page).form("/login")
    assert fields["carried"]
    answer = guest.client.post("/login", data={**fields, "email": person.email, "password": "correct horse battery"})
    assert answer.status_code == 200
    again = Opened(answer).form("/comments")
    assert again["body"] == "Текст, который жалко"
    assert guest.client.post(f"/entries/{practice.id}/comments", data=again).status_code == 303


def test_an_expired_token_gives_back_what_was_typed(make, browser):
    practice = make.practice()
    member = browser().sign_in(make.person("Пётр Громов"))
    page = member.post(f"/entries/{practice.id}/comments", expect=400, csrf_token="stale", body="Текст, который жалко")
    again = page.form("/comments")
    assert again["body"] == "Текст, который жалко"
    assert member.client.post(f"/entries/{practice.id}/comments", data=again).status_code == 303


def test_errors_are_pages_for_people_and_problems_for_programs(visitor):
    assert "Такой страницы нет" in visitor.open("/nowhere", expect=404).heading
    response = visitor.client.get("/nowhere", headers={"Accept": "application/json"})
    assert (response.status_code, response.content_type) == (404, "application/problem+json")
    assert visitor.client.get("/api/v1/nowhere").content_type == "application/problem+json"


def test_every_answer_carries_the_headers_that_protect(visitor):
    for address in ("/", "/nowhere", "/healthz"):
        headers = visitor.client.get(address).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_readiness_names_its_parts(visitor):
    body = visitor.client.get("/readyz").get_json()
    assert body["ready"] is True
    assert body["database"] is True
    assert body["index"] is True
    assert body["queue"] is True
    assert body["search_lag_seconds"] == 0.0


def test_metrics_are_for_who_shows_the_token(app, visitor):
    visitor.open("/metrics", expect=404)
    app.config["METRICS_TOKEN"] = "a token of the administrator"
    visitor.open("/metrics", expect=404, headers={"Authorization": "Bearer another"})
    page = visitor.open("/metrics", headers={"Authorization": "Bearer a token of the administrator"})
    assert "forum_letters_due 0.0" in page.text
    assert "forum_search_queue 0.0" in page.text
