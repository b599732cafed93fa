"""From the database to the index: the only code that writes one. One process at a time, see `writing`."""

import fcntl
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.core.database import reading
from forum.search import documents
from forum.search.forgetting import Forgetting, forget
from forum.search.models import Queued
from forum.search.port import Document, Engine

BATCH = 300
POLL_SECONDS = 0.05
ALONE = 0x5EA_2C4  # the number of a lock of PostgreSQL

Reason = Callable[[], bool]


class Busy(Exception):
    """Another process writes the index."""


@contextmanager
def writing(folder: Path, name: str = "search", give_up: Reason = lambda: False) -> Iterator[None]:
    """Hold a lock file (`<name>.lock`) that one process at a time can have; the system lets it go when the process dies.

    Waits for it; raises `Busy` once `give_up` says so.
    """
    with (folder / f"{name}.lock").open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if give_up():
                    raise Busy from None
                time.sleep(POLL_SECONDS)
        yield


@contextmanager
def _alone(session: Session, give_up: Reason) -> Iterator[None]:
    """The same among machines that share a PostgreSQL: none may index what it has read while another one writes something newer.

    The database lets the lock go when the process dies.
    """
    if session.get_bind().dialect.name != "postgresql":
        yield
        return
    with session.get_bind().engine.connect() as connection:
        while not connection.scalar(select(func.pg_try_advisory_lock(ALONE))):
            connection.rollback()
            if give_up():
                raise Busy
            time.sleep(POLL_SECONDS)
        connection.commit()  # the lock stays, no transaction stands open beside it
        try:
            yield
        finally:
            connection.execute(select(func.pg_advisory_unlock(ALONE)))


def drain(
    session: Session, engine: Engine, batch: int = BATCH, give_up: Reason = lambda: False, forgetting: Forgetting | None = None
) -> int:
    """Bring into the index what waits in the queue now; returns how many documents. What comes meanwhile is left for the next time.

    Commits what the session holds, then works in one of its own. Waits for another machine that does the same; raises `Busy`
    once `give_up` says so, and stops between two batches. With `forgetting`, does not wait until its rows are gone.
    """
    with _own(session) as own, _alone(own, give_up):
        return _drain(own, engine, batch, give_up, forgetting)


def _drain(own: Session, engine: Engine, batch: int, give_up: Reason, forgetting: Forgetting | None = None) -> int:
    """The rows go only after the index has its commit: a process killed between the two does the work once more."""
    done, full = 0, True
    while full and not give_up() and (rows := _next(own, batch, forgetting.rows if forgetting else ())):
        full = len(rows) == batch
        ids = {document_id for _, document_id in rows}
        with reading():
            found = documents.load(own, ids)
            _end(own)
        engine.write(found, ids - {one.id for one in found})
        numbers = [number for number, _ in rows]
        if forgetting:
            forgetting.add(numbers)
        else:
            forget(own, numbers)
        done += len(ids)
    return done


def rebuild(session: Session, engine: Engine, progress: Callable[[int], object] = lambda _: None, give_up: Reason = lambda: False) -> int:
    """Build the index anew from the database while the old one serves; what is queued meanwhile is applied after the swap."""
    with _own(session) as own, _alone(own, give_up):
        count = engine.rebuild(_everything(own, progress))
        _drain(own, engine, BATCH, give_up)
    return count


def differences(session: Session, engine: Engine) -> list[str]:
    """Where index and database disagree, a line each; none when all is well."""
    with _own(session) as own, reading():
        wanted = documents.versions(own)
    indexed = engine.versions()
    return [
        *(f"missing {one} (version {wanted[one]})" for one in sorted(wanted.keys() - indexed.keys())),
        *(f"extra {one} (version {indexed[one]})" for one in sorted(indexed.keys() - wanted.keys())),
        *(
            f"stale {one} (index {indexed[one]}, database {wanted[one]})"
            for one in sorted(wanted.keys() & indexed.keys())
            if wanted[one] != indexed[one]
        ),
    ]


@contextmanager
def _own(session: Session) -> Iterator[Session]:
    """A session of our own on the same database; the caller's transaction ends, since its write lock would stop us."""
    session.commit()
    with Session(session.get_bind(), expire_on_commit=False) as own:
        yield own


def _next(own: Session, batch: int, but: Collection[int]) -> list[tuple[int, int]]:
    with reading():
        rows = own.execute(select(Queued.id, Queued.document_id).where(Queued.id.not_in(but)).order_by(Queued.id).limit(batch)).all()
        _end(own)
    return [(row.id, row.document_id) for row in rows]


def _everything(own: Session, progress: Callable[[int], object]) -> Iterator[Document]:
    for after in (documents.entries_after, documents.people_after):
        last = 0
        while True:
            with reading():
                found, last, looked_at = after(own, last, BATCH)
                _end(own)
            if not looked_at:
                break
            yield from found
            progress(looked_at)


def _end(own: Session) -> None:
    """Let the read transaction and what it loaded go."""
    own.expunge_all()
    own.rollback()
