"""Fixtures of the copies: another place to bring one back to, and people who write meanwhile."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from config import Testing
from forum import create_app
from forum.extensions import db

WRITERS = 4


@pytest.fixture
def elsewhere(tmp_path_factory) -> Iterator[Callable[..., Flask]]:
    """Makes a site with nothing in it, not even tables; `url` of another database than SQLite."""
    made: list[Flask] = []

    def go(url: str = "") -> Flask:
        folder = tmp_path_factory.mktemp("elsewhere")
        made.append(create_app(Testing(INSTANCE=str(folder), SECRET_KEY="a key for tests only", **({"DATABASE_URL": url} if url else {}))))
        return made[-1]

    yield go
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


@pytest.fixture
def run() -> Callable[..., str]:
    """Run a command of a site; what it said. `fails`: it must not succeed."""

    def go(app: Flask, *words: str | Path, fails: bool = False) -> str:
        result = app.test_cli_runner().invoke(args=[str(word) for word in words])
        assert (result.exit_code != 0) is fails, result.output
        return result.output

    return go


@pytest.fixture
def writing(app, make, browser):
    """Inside, four people comment as fast as they can; gives the list of what was acknowledged, in the order of answers."""

    @contextmanager
    def go(practice):
        told: list[str] = []
        stop = threading.Event()
        people = [browser().sign_in(make.person()) for _ in range(WRITERS)]
        tokens = [person.token() for person in people]

        def write(number: int) -> None:
            count = 0
            while not stop.is_set():
                body = f"Писатель {number}, слово {count}"
                answer = people[number].client.post(f"/entries/{practice.id}/comments", data={"body": body, "csrf_token": tokens[number]})
                assert answer.status_code == 303, answer.status_code
                told.append(body)
                count += 1

        threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
        for thread in threads:
            thread.start()
        try:
            yield told
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    return go
