"""Counting what a page asks of the database."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from forum.extensions import db


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements sent while the block runs, savepoints and transactions apart."""
    with app.app_context():
        engine = db.engine
    statements: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.fixture
def count_queries(app: Flask) -> Callable[[Callable[[], Any]], int]:
    """How many statements the application sends while something is done."""

    def count(step: Callable[[], Any]) -> int:
        with counted(app) as statements:
            step()
        return len(statements)

    return count
