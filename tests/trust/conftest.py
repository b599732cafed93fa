"""Sites with limits on, and hands for what people do there."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from forum import worker
from forum.core.database import intend
from forum.entries.models import Entry
from forum.trust.models import Hold


@pytest.fixture
def counted(app: Flask) -> None:
    """What people write is counted, as on a real site."""
    app.config["RATELIMIT_ENABLED"] = True


@pytest.fixture
def drain(app: Flask) -> Callable[[], None]:
    """Has the worker tell all subscribers."""

    def work() -> None:
        with app.app_context():
            intend(True)
            worker.drain()

    return work


@pytest.fixture
def state(session: Session) -> Callable[[Any], str]:
    """The state of an entry now."""

    def look(entry: Any) -> str:
        session.commit()
        found = session.scalar(select(Entry.state).where(Entry.id == getattr(entry, "id", entry)))
        session.commit()
        return str(found)

    return look


@pytest.fixture
def why(session: Session) -> Callable[[Any], list[tuple[str, str]]]:
    """Why an entry is held: kinds and details."""

    def look(entry: Any) -> list[tuple[str, str]]:
        rows = session.execute(select(Hold.kind, Hold.detail).where(Hold.entry_id == getattr(entry, "id", entry)).order_by(Hold.id)).all()
        session.commit()
        return [tuple(row) for row in rows]

    return look


@pytest.fixture
def known(make: Any) -> Callable[..., Any]:
    """Somebody whose first posts were approved, and who has nothing else to show."""
    return lambda name="Олег Знакомый", **more: make.person(name, trusted=False, approved_posts=2, **more)
