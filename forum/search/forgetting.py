"""Rows of the queue whose documents are in the index, on their way out."""

import threading
import time
from collections.abc import Collection, Iterable

import structlog
from sqlalchemy import Engine as Database
from sqlalchemy import delete
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from forum.search.models import Queued

MOST = 5_000  # rows on their way out; with more, whoever adds some waits
RETRY_SECONDS = 1.0

log = structlog.get_logger()


def forget(session: Session, rows: Collection[int]) -> None:
    """Delete rows, and commit."""
    session.execute(delete(Queued).where(Queued.id.in_(rows)))
    session.commit()


class Forgetting:
    """Deletes rows beside the one who indexes.

    On SQLite a deletion waits for everybody else who writes, and on a busy site longer than indexing takes. Rows that are still
    there when the process dies are indexed once more.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rows: set[int] = set()
        self._changed = threading.Condition()
        threading.Thread(target=self._go_on, daemon=True).start()

    @property
    def rows(self) -> set[int]:
        """Those that are still there and need no work."""
        with self._changed:
            return set(self._rows)

    def add(self, rows: Iterable[int]) -> None:
        """These are in the index."""
        with self._changed:
            self._rows.update(rows)
            self._changed.notify_all()
            self._changed.wait_for(lambda: len(self._rows) < MOST)

    def _go_on(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: bool(self._rows))
                rows = set(self._rows)
            try:
                with Session(self._database) as session:
                    forget(session, rows)
            except SQLAlchemyError as problem:  # others write longer than SQLite lets one wait
                log.warning("forgetting_postponed", error=str(problem)[:200])
                time.sleep(RETRY_SECONDS)
                continue
            with self._changed:
                self._rows -= rows
                self._changed.notify_all()
