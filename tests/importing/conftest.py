"""Files of practices, and the commands that read and write them."""

import json
from pathlib import Path
from typing import Any

import pytest

from forum.accounts import loading as accounts
from forum.places import loading as places
from forum.taxonomy import loading as taxonomy


@pytest.fixture
def reference(session):
    """The reference data of the site and an administrator."""
    places.load(session)
    taxonomy.load(session)
    accounts.load(session)
    session.commit()


@pytest.fixture
def admin(reference, make):
    return make.admin(email="admin@demo.example")


@pytest.fixture
def run(app):
    """Run a command of `flask`."""
    return lambda *words: app.test_cli_runner().invoke(args=[str(word) for word in words])


@pytest.fixture
def lines(tmp_path: Path):
    """Write a .jsonl file of these rows; text goes in as it is."""

    def write(*rows: Any, name: str = "practices.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join((row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n" for row in rows), "utf-8")
        return path

    return write
