"""Short transactions beside a request's own: for what is noted once the page is done, and may be left out where the database is busy."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from forum.core import database

PATIENCE_MS = 150


@contextmanager
def briefly(engine: Engine, *, writing: bool) -> Iterator[Session]:
    """A session whose transaction waits for no other writer longer than PATIENCE_MS; what is not committed inside is undone."""
    with engine.connect() as connection:
        try:
            database.intend(writing)
            _wait(connection, PATIENCE_MS)
            with Session(connection) as session:
                if connection.dialect.name == "postgresql":
                    session.execute(text(f"SET LOCAL lock_timeout = {PATIENCE_MS}"))
                yield session
        finally:
            database.intend(False)
            _wait(connection, database.BUSY_MS)


def _wait(connection: Connection, milliseconds: int) -> None:
    """How long SQLite tries to get its lock: said to the driver, before a transaction begins."""
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute(f"PRAGMA busy_timeout={milliseconds}")
