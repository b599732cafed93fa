"""Fixtures of the attacks: a program with a key, and pages judged as a browser reads them."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.accounts.tokens import new_api_token
from forum.core.model import Base


@pytest.fixture
def key(app, session: Session) -> Callable[..., dict[str, str]]:
    """Headers of a person's program."""

    def go(person: Person, scope: str = "write") -> dict[str, str]:
        row, text = new_api_token(person.id, "Тест", scope)
        session.add(row)
        session.commit()
        return {"Authorization": f"Bearer {text}"}

    return go


@pytest.fixture
def counts(session: Session) -> Callable[[], dict[str, int]]:
    """How many rows each table has now; asked beside the session, whose objects stay as they are."""

    def go() -> dict[str, int]:
        with session.get_bind().engine.connect() as connection:
            return {name: connection.scalar(select(func.count()).select_from(t)) or 0 for name, t in Base.metadata.tables.items()}

    return go


@pytest.fixture
def fields(make) -> dict[str, str]:
    """What the practice form needs, and the place and nomination it names."""
    make.place("Обнинск")
    make.nomination(1)
    return {
        "title": "Светлые дворы",
        "summary": "Заменили светильники.",
        "municipality": "Обнинск, Калужская область",
        "nomination": "1",
        "status": "implemented",
        "problem": "Темно.",
        "solution": "Договор.",
        "results": "Светло.",
    }
