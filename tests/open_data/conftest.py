"""A site with a bit of everything, and files read back."""

import csv
import io
import json
import zipfile

import pytest

from forum.open_data import counting


@pytest.fixture
def table(visitor):
    """The rows of a CSV file, by heading."""

    def read(address):
        answer = visitor.client.get(address)
        assert answer.status_code == 200, answer.get_data(as_text=True)[:500]
        return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"), newline=""), delimiter=";"))

    return read


@pytest.fixture
def count(session):
    """Bring the kept sums up to date; how many changed."""

    def go():
        changed = counting.keep(session, counting.count(session))
        session.commit()
        return changed

    return go


@pytest.fixture
def dumped(app, visitor):
    """Make a dump by the command, fetch it, and give all its files by name."""

    def go():
        result = app.test_cli_runner().invoke(args=["open-data", "dump"])
        assert result.exit_code == 0, result.output
        answer = visitor.client.get("/open-data/dump.zip")
        assert answer.status_code == 200
        with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
            return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}

    return go


@pytest.fixture
def lines():
    """Objects of JSON lines."""
    return lambda text: [json.loads(line) for line in text.splitlines()]
