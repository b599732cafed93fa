"""From the database to the index: the only code that writes one. One process at a time, see `writing`."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session, joinedload

from forum.core.actor import GUEST
from forum.core.database import reading
from forum.entries.models import Entry
from forum.entries.policy import visible_to
from forum.search.models import QueuedEntry
from forum.search.port import Document, Engine

BATCH = 300
POLL_SECONDS = 0.05


class Busy(Exception):
    """Another process writes the index."""


@contextmanager
def writing(folder: Path, name: str = "search", give_up: Callable[[], bool] = lambda: False) -> Iterator[None]:
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


def indexed_kinds() -> list[type[Entry]]:
    """The kinds of entries that say something public."""
    return [mapper.class_ for mapper in Entry.__mapper__.self_and_descendants if mapper.class_.public_text is not Entry.public_text]


def public_entries() -> Select[Entry]:
    """Entries with all that their `public_text` needs."""
    loads = [option for kind in indexed_kinds() for option in kind.public_loads()]
    return select(Entry).options(joinedload(Entry.author), *loads)


def document(entry: Entry) -> Document | None:
    """What the index may know of an entry; None when it must not have it."""
    text = entry.public_text()
    if text is None:
        return None
    return Document(
        id=entry.id, version=entry.version, kind=entry.kind, title=text.title, body=text.body, author=text.author,
        published_at=text.published_at, score=text.score, comments=entry.comments_count, facets=text.facets,
    )


def drain(session: Session, engine: Engine, batch: int = BATCH) -> int:
    """Bring into the index what waits in the queue; returns how many entries. Commits what the session holds, then works in one of its own.

    The rows go only after the index has its commit: a process killed between the two does the work once more.
    """
    done = 0
    with _own(session) as own:
        while rows := _next(own, batch):
            ids = {entry_id for _, entry_id in rows}
            with reading():
                documents = _documents(own, public_entries().where(Entry.id.in_(ids)))
                _end(own)
            engine.write(documents, ids - {one.id for one in documents})
            own.execute(delete(QueuedEntry).where(QueuedEntry.id.in_([number for number, _ in rows])))
            own.commit()
            done += len(ids)
    return done


def rebuild(session: Session, engine: Engine, progress: Callable[[int], object] = lambda _: None) -> int:
    """Build the index anew from the database while the old one serves; what is queued meanwhile is applied after the swap."""
    with _own(session) as own:
        count = engine.rebuild(_everything(own, progress))
    drain(session, engine)
    return count


def total(session: Session) -> int:
    """How many entries a rebuild looks at."""
    return session.scalar(select(func.count()).select_from(Entry).where(visible_to(GUEST))) or 0


def differences(session: Session, engine: Engine) -> list[str]:
    """Where index and database disagree, a line each; none when all is well."""
    kinds = [kind.__mapper__.polymorphic_identity for kind in indexed_kinds()]
    with _own(session) as own, reading():
        rows = own.execute(select(Entry.id, Entry.version).where(visible_to(GUEST), Entry.kind.in_(kinds)))
        wanted = {row.id: row.version for row in rows}
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


def _next(own: Session, batch: int) -> list[tuple[int, int]]:
    with reading():
        rows = own.execute(select(QueuedEntry.id, QueuedEntry.entry_id).order_by(QueuedEntry.id).limit(batch)).all()
        _end(own)
    return [(row.id, row.entry_id) for row in rows]


def _documents(own: Session, query: Select[Entry]) -> list[Document]:
    return [one for one in map(document, own.scalars(query)) if one is not None]


def _everything(own: Session, progress: Callable[[int], object]) -> Iterator[Document]:
    last = 0
    public = public_entries().where(visible_to(GUEST)).order_by(Entry.id).limit(BATCH)
    while True:
        with reading():
            entries = own.scalars(public.where(Entry.id > last)).all()
            documents = [one for one in map(document, entries) if one is not None]
            _end(own)
        if not entries:
            return
        last = entries[-1].id
        yield from documents
        progress(len(entries))


def _end(own: Session) -> None:
    """Let the read transaction and what it loaded go."""
    own.expunge_all()
    own.rollback()
