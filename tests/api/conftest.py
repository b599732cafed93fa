"""A program that speaks to the API, as strict as a client can be about what comes back."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from forum.accounts.models import ApiToken, Person
from forum.accounts.tokens import new_api_token

CARD = {
    "title": "Тёплые остановки",
    "summary": "Поставили тёплые павильоны на восьми остановках.",
    "problem": "Зимой автобус ждут по **сорок минут**.",
    "solution": "Закупили павильоны с обогревом.",
    "results": "Жалоб стало втрое меньше.",
    "municipality": "Обнинск",
    "region": "40",
    "nomination": 1,
    "status": "pilot",
    "started": "2022-03",
    "finished": "2023-11",
    "costs": {"local": 1_200_000, "regional": 0, "federal": 0, "extra": 300_000},
    "indicators": [{"name": "Жалобы", "unit": "шт.", "before": 90, "after": 31.5}],
    "steps": [{"what": "Закупка", "when": "март"}],
    "resources": [{"kind": "partner", "what": "Автопарк"}],
    "tags": ["Остановки", "транспорт"],
    "lessons": "Считайте мощность заранее.",
    "contact": "Отдел транспорта, 8 484 000-00-00",
    "valid_on": "2024-05-01",
}


class Program:
    """Sends JSON; errors must be problem details of their own status."""

    def __init__(self, app: Flask, token: str | None) -> None:
        self.client = app.test_client()
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def ask(self, method: str, path: str, expect: int = 200, **more: Any) -> TestResponse:
        headers = self.headers | more.pop("headers", {})
        address = path if path.startswith("/api") else f"/api/v1{path}"
        response = self.client.open(address, method=method, headers=headers, **more)
        assert response.status_code == expect, f"{method} {path}: {response.status_code}\n{response.get_data(as_text=True)[:1500]}"
        if expect >= 400:
            assert response.content_type == "application/problem+json"
            assert response.json["status"] == expect and response.json["title"]
        return response

    def get(self, path: str, expect: int = 200, **more: Any) -> Any:
        return self.ask("GET", path, expect, **more).json

    def post(self, path: str, json: Any, expect: int = 201) -> Any:
        return self.ask("POST", path, expect, json=json).json

    def put(self, path: str, json: Any, expect: int = 200) -> Any:
        return self.ask("PUT", path, expect, json=json).json

    def patch(self, path: str, json: Any, expect: int = 200) -> Any:
        return self.ask("PATCH", path, expect, json=json).json


@pytest.fixture
def token(session: Session) -> Callable[..., str]:
    """A new token of a person."""

    def go(person: Person, scope: str = "write") -> str:
        row, text = new_api_token(person.id, "Тест", scope)
        session.add(row)
        session.commit()
        return text

    return go


@pytest.fixture
def program(app: Flask, token: Callable[..., str]) -> Callable[..., Program]:
    """A program of a person's, or of nobody's."""
    return lambda person=None, scope="write": Program(app, token(person, scope) if person else None)


@pytest.fixture
def guest(program: Callable[..., Program]) -> Program:
    return program()


@pytest.fixture
def revoke(session: Session) -> Callable[[Person], None]:
    """Take all tokens of a person away."""

    def go(person: Person) -> None:
        for row in session.query(ApiToken).filter_by(person_id=person.id):
            session.delete(row)
        session.commit()

    return go


@pytest.fixture
def card(make: Any) -> dict[str, Any]:
    """A complete card, and the place and nomination it names."""
    make.nomination(1)
    make.place("Обнинск", population=120_000)
    return CARD | {}
