"""Counting what a page asks of the database."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from forum.extensions import db


@pytest.fixture
def count_queries(app: Flask) -> Callable[[Callable[[], Any]], int]:
    """How many statements the application sends while something is done."""
    with app.app_context():
        engine = db.engine
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda conn, cursor, statement, *rest: seen.append(statement))

    def count(step: Callable[[], Any]) -> int:
        seen.clear()
        step()
        return len([s for s in seen if not s.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE"))])

    return count
