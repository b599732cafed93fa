"""Fixtures of the tests of lists."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

STATES = ("draft", "waiting", "published", "hidden", "withdrawn")


@pytest.fixture
def every_state(make) -> dict[str, Any]:
    """One practice in each state by one author in one place with one tag, called by its state."""
    author, place = make.person("Ольга Крайнова"), make.place("Обнинск")
    return {
        state: make.practice(f"Заголовок {state}", state=state, author=author, municipality=place, tags=["освещение"], status="failed")
        for state in STATES
    }


@pytest.fixture
def rated(session, make) -> Callable[..., list[Any]]:
    """Makes practices of one author and place, one a day, with these scores and numbers of comments."""

    def build(scores: list[int], comments: list[int] | None = None, **more: Any) -> list[Any]:
        author, place = make.person("Пётр Рядов"), make.place("Таруса")
        start = datetime.fromisoformat("2026-01-01T10:00:00+00:00")
        made = []
        for number, score in enumerate(scores):
            practice = make.practice(f"Практика {number:03}", author=author, municipality=place, **more)
            practice.published_at = start + timedelta(days=number)
            practice.score, practice.comments_count = score, comments[number] if comments else 0
            made.append(practice)
        session.commit()
        return made

    return build
