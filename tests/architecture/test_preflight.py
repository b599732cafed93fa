"""What `make serve` asks before it starts: migrations run when they are wanted, and only then."""

import os
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.architecture.tree import ROOT


@pytest.fixture
def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return server.getsockname()[1]


def preflight(instance, port: int | str, **more: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FORUM_")}
    environment = {**kept, "FORUM_INSTANCE": str(instance), "HOST": "127.0.0.1", "PORT": str(port), **more}
    return subprocess.run([sys.executable, ROOT / "bin" / "preflight"], env=environment, capture_output=True, text=True, timeout=60)


def test_an_empty_folder_wants_migrating(tmp_path, free_port):
    assert preflight(tmp_path, free_port).stdout.split() == ["migrate"]


def test_a_migrated_database_wants_nothing(migrated, free_port):
    assert preflight(migrated.parent, free_port).stdout == ""


def test_an_older_database_wants_migrating(tmp_path, free_port):
    with closing(sqlite3.connect(tmp_path / "forum.sqlite3")) as connection, connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
    assert preflight(tmp_path, free_port).stdout.split() == ["migrate"]


def test_production_is_announced_and_needs_a_key(tmp_path, free_port):
    found = preflight(tmp_path, free_port, FORUM_ENV="production", FORUM_SECRET_KEY="k" * 40)
    assert found.stdout.split() == ["production", "migrate"]
    refused = preflight(tmp_path, free_port, FORUM_ENV="production")
    assert refused.returncode == 1
    assert "FORUM_SECRET_KEY" in refused.stderr


def test_a_taken_port_is_refused_with_a_way_out(tmp_path):
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        refused = preflight(tmp_path, server.getsockname()[1])
    assert refused.returncode == 1
    assert "PORT=8001" in refused.stderr


@pytest.mark.parametrize("port", ["abc", "0", "99999", "-1", "８０００"])
def test_a_port_that_is_none_is_refused_in_words(tmp_path, port):
    refused = preflight(tmp_path, port)
    assert refused.returncode == 1
    assert "PORT=8001" in refused.stderr and "Traceback" not in refused.stderr
