"""The process that keeps the index fresh: one that has loaded all there is to load, and its child, which does the work.

To start from nothing takes seconds; a child that dies (killed, out of memory) is followed by another within moments.
"""

import gc
import multiprocessing
import os
import threading
import time
from contextlib import suppress
from multiprocessing.connection import wait
from pathlib import Path

import structlog
from sqlalchemy import Engine as Database
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, configure_mappers

from forum.core.database import reading
from forum.search import analysis, documents, indexing
from forum.search.forgetting import Forgetting
from forum.search.port import Engine
from forum.search.queue import waiting

IDLE_SECONDS = 0.2
PACE_SECONDS = 0.15  # from one turn to the next: a commit costs as much as twenty documents, and readers open each anew
TEND_SECONDS = 5.0
LOOK_SECONDS = 1.0
SHORT_SECONDS = 1.0  # of a life
REST_SECONDS, MOST_RESTS = 0.25, 4  # after a short life, more after each next one: a child costs a fork, and readers wait for it

log = structlog.get_logger()


def guard(database: Database, engine: Engine, folder: Path, stop: threading.Event) -> None:
    """Keep a child at work until told to stop. A second guard waits for its turn."""
    with indexing.writing(folder, "indexer", stop.is_set):
        _load(database)
        gc.freeze()  # what is loaded stays where it is, and the child shares it
        short = 0
        while not stop.is_set():
            began = time.monotonic()
            _live(multiprocessing.get_context("fork").Process(target=_work, args=(database, engine, folder, stop)), stop)
            # Whoever dies at once again and again must not eat the machine.
            short = short + 1 if time.monotonic() - began < SHORT_SECONDS else 0
            stop.wait(REST_SECONDS * max(0, min(short - 1, MOST_RESTS)))


def _load(database: Database) -> None:
    """What the first turn of each child would have to load and to work out: tables, statements, the dictionary."""
    configure_mappers()
    analysis.tokens("словарь")
    with suppress(SQLAlchemyError), reading(), Session(database) as session:
        documents.load(session, {1, -1})
    database.dispose()  # connections are the child's own


def _live(child: multiprocessing.process.BaseProcess, stop: threading.Event) -> None:
    child.start()
    while child.is_alive():
        child.join(LOOK_SECONDS)
        if stop.is_set() and child.is_alive():
            child.terminate()
    if child.exitcode:
        log.error("indexer_died", status=child.exitcode)
    child.close()


def _work(database: Database, engine: Engine, folder: Path, stop: threading.Event) -> None:
    """The life of a child. Its connections are its own; without its parent, nobody could ever tell it to stop."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()
    database.dispose(close=False)
    keep_fresh(database, engine, folder, stop)


def keep_fresh(database: Database, engine: Engine, folder: Path, stop: threading.Event) -> None:
    """Bring what is queued into the index, turn by turn; use idle times to tend it."""
    forgetting, tended = Forgetting(database), 0.0
    while not stop.is_set():
        began = time.monotonic()
        try:
            if not engine.ready():
                _rebuild(database, engine, folder, stop)
            done = _turn(database, engine, folder, stop, forgetting)
            if not done and time.monotonic() - tended > TEND_SECONDS:
                with indexing.writing(folder, give_up=stop.is_set):
                    engine.tend()
                tended = time.monotonic()
        except indexing.Busy:
            return
        except Exception:
            # The rows are still in the queue: the next turn does the work again.
            log.exception("indexing_failed")
            done = 0
            stop.wait(1)
        stop.wait(began + PACE_SECONDS - time.monotonic() if done else IDLE_SECONDS)


def _rebuild(database: Database, engine: Engine, folder: Path, stop: threading.Event) -> None:
    """Nobody else would: the index is new, gone, or of an older release."""
    log.warning("index_missing_rebuilding")
    with indexing.writing(folder, give_up=stop.is_set), Session(database) as session:
        indexing.rebuild(session, engine, give_up=stop.is_set)


def _turn(database: Database, engine: Engine, folder: Path, stop: threading.Event, forgetting: Forgetting) -> int:
    with Session(database) as session:
        with reading():  # a look must not wait for who writes
            idle = not waiting(session, forgetting.rows)
            session.rollback()
        if idle:
            return 0
        with indexing.writing(folder, give_up=stop.is_set):
            return indexing.drain(session, engine, give_up=stop.is_set, forgetting=forgetting)
