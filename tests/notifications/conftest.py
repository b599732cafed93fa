"""The worker, as far as notices need it, and what it sends."""

from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from forum import worker
from forum.core.clock import now
from forum.core.events import Delivery
from forum.notifications import digest, post, preferences
from forum.notifications.kinds import Way
from tests.mailbox import sent


@pytest.fixture
def work(app: Flask, session: Session) -> Callable[..., None]:
    """Let the worker do what is due; `later`: also what was put off."""

    def go(later: bool = False) -> None:
        if later:
            session.execute(update(Delivery).where(Delivery.due_at.is_not(None)).values(due_at=now() - timedelta(seconds=1)))
        session.commit()
        for done in [each for each in session if isinstance(each, Delivery)]:
            session.expunge(done)  # the worker deletes it, and SQLite gives its number to the next
        with app.app_context():
            worker.drain()
            digest.make_due()
            post.send_due()

    return go


@pytest.fixture
def mails(app: Flask) -> Callable[[], list[EmailMessage]]:
    """The messages sent so far, in the order of sending."""

    def read() -> list[EmailMessage]:
        return sent(Path(app.config["MAIL_URL"].removeprefix("folder://")))

    return read


@pytest.fixture
def letters(mails: Callable[[], list[EmailMessage]]) -> Callable[[], list[tuple[str, str, str]]]:
    """The letters sent so far: (to, subject, text)."""
    return lambda: [(m["To"], m["Subject"], m.get_body(("plain",)).get_content()) for m in mails()]


@pytest.fixture
def wants(session: Session) -> Callable[..., None]:
    """Have a person told of a kind in a way, without the page: `wants(person, reply="digest")`."""

    def go(person: object, **ways: str) -> None:
        for kind, way in ways.items():
            preferences.choose(session, person.id, kind, Way(way))  # type: ignore[attr-defined]
        session.commit()

    return go
