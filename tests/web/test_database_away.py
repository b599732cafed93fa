"""When the database does not answer, people are told so and keep what they typed."""

import pytest

from forum.core import database


@pytest.fixture
def locked(session, make, monkeypatch):
    """A writer that never finishes, and a short patience."""
    monkeypatch.setattr(database, "BUSY_MS", 200)

    def lock():
        session.commit()
        connection = session.connection()
        connection.exec_driver_sql("UPDATE stamps SET version = version WHERE name = 'none'")

    return lock


def test_a_writer_is_told_to_wait_and_keeps_the_text(app, make, locked, browser):
    practice = make.practice()
    member = browser().sign_in(make.person())
    token = member.token()
    locked()
    page = member.post(f"/entries/{practice.id}/comments", expect=503, csrf_token=token, body="Текст, который жалко")
    assert page.response.headers["Retry-After"]
    assert page.form("/comments")["body"] == "Текст, который жалко"


def test_reading_goes_on_meanwhile(make, locked, browser):
    practice = make.practice()
    member = browser().sign_in(make.person())
    locked()
    member.open(f"/practices/{practice.id}/{practice.slug}")
    browser().open("/practices")
