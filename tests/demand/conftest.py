"""Visitors who ask, and what has been counted of it."""

import itertools
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core.clock import now
from forum.demand.models import Unmet
from tests.client import Opened


@pytest.fixture
def ask(app: Flask, indexed) -> Callable[..., Opened]:
    """Open the results page for a question; each call is another visitor, unless it says which (`visitor=1`)."""
    others = itertools.count(100)

    def go(question: str, visitor: int | None = None, headers: dict[str, str] | None = None, **filters: Any) -> Opened:
        agent = {"User-Agent": f"Mozilla/5.0 (X11) Firefox/{visitor or next(others)}.0"} | (headers or {})
        answer = app.test_client().get("/search", query_string={"q": question, **filters}, headers=agent)
        assert answer.status_code == 200
        return Opened(answer)

    return go


@pytest.fixture
def counted(session: Session) -> Callable[[], dict[str, int]]:
    """How often each question has been asked."""

    def go() -> dict[str, int]:
        session.expire_all()
        session.rollback()
        return {row.text: row.times for row in session.execute(select(Unmet.text, Unmet.times))}

    return go


@pytest.fixture
def unmet(session: Session) -> Callable[..., Unmet]:
    """A question that has been asked so often."""
    numbers = itertools.count()

    def go(text: str = "Аквапарк", times: int = 5, on: date | None = None, **more: Any) -> Unmet:
        day = on or now().date()
        made = Unmet(key=f"{text} {next(numbers)}", text=text, times=times, first_on=day, last_on=day, **more)
        session.add(made)
        session.commit()
        return made

    return go
