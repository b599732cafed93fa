"""Who may do what: none, wrong, read-only, writing, revoked, suspended, unconfirmed."""

from datetime import timedelta

import pytest

from forum.core.clock import now
from tests.api.conftest import Program

WRITES = [
    ("POST", "/practices", {"title": "Название"}),
    ("PATCH", "/practices/{id}", {"title": "Другое"}),
    ("POST", "/entries/{id}/comments", {"body": "Слова"}),
    ("PUT", "/entries/{id}/vote", {"value": 1}),
]


@pytest.fixture
def practice(make):
    return make.practice()


def refused(one, practice, status):
    details = []
    for method, path, body in WRITES:
        response = one.ask(method, path.format(id=practice.id), status, json=body)
        details.append(response.json.get("detail"))
        if status == 401:
            assert response.headers["WWW-Authenticate"].startswith("Bearer")
    return details


def test_writing_needs_a_token(guest, practice):
    refused(guest, practice, 401)


@pytest.mark.parametrize("header", ["Bearer mp_wrong", "Bearer ", "Basic YTpi", "Bearer a b", "mp_wrong", ""])
def test_a_wrong_token_is_refused_even_for_reading(app, practice, header):
    one = Program(app, None)
    one.get("/practices")
    one.headers = {"Authorization": header}
    refused(one, practice, 401)
    one.get("/practices", expect=401)
    one.get(f"/practices/{practice.id}", expect=401)
    one.get("/search?q=двор", expect=401)


def test_a_token_for_reading_does_not_write(program, practice, make):
    one = program(make.person(), "read")
    assert one.get(f"/practices/{practice.id}")["id"] == practice.id
    assert set(refused(one, practice, 403)) == {"Этот ключ только для чтения."}


def test_a_revoked_token_is_a_wrong_one(program, practice, make, revoke):
    person = make.person()
    one = program(person)
    one.put(f"/entries/{practice.id}/vote", {"value": 1})
    revoke(person)
    refused(one, practice, 401)
    one.get("/practices", expect=401)


def test_the_suspended_and_the_unconfirmed_read_only(program, practice, make):
    for person in (make.person(suspended_until=now() + timedelta(days=3), suspended_reason="Спам"), make.person(confirmed=False)):
        one = program(person)
        refused(one, practice, 403)
        assert one.get(f"/practices/{practice.id}")["title"] == practice.title


def test_a_session_is_no_token(visitor, sign_in, make, practice):
    sign_in(make.person())
    response = visitor.client.put(f"/api/v1/entries/{practice.id}/vote", json={"value": 1})
    assert response.status_code == 401


def test_a_moderators_drafts_of_others_stay_private(program, make):
    draft = make.practice(state="draft")
    program(make.moderator()).get(f"/practices/{draft.id}", expect=404)
    waiting = make.practice(state="waiting")
    assert program(make.moderator()).get(f"/practices/{waiting.id}")["state"] == "waiting"
    program(make.moderator(regions=["69"])).get(f"/practices/{waiting.id}", expect=404)


def test_answers_to_a_token_are_kept_by_nobody(program, make, practice):
    response = program(make.person()).ask("GET", f"/practices/{practice.id}")
    assert response.headers["Cache-Control"] == "private, no-store"
