"""The worker, as far as notices need it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from forum import worker
from forum.core.clock import now
from forum.core.events import Delivery
from forum.notifications import post


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
            post.send_due()

    return go
