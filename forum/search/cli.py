"""Commands: rebuild, check and drain the index, and the process that keeps it fresh."""

import signal
import threading
import time
from pathlib import Path
from typing import Any

import click
import structlog
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.orm import Session
from tqdm import tqdm

from forum.extensions import db
from forum.search import documents, indexing
from forum.search.port import Engine
from forum.search.queue import waiting

IDLE_SECONDS = 0.2
TEND_SECONDS = 5.0
CHECK_TRIES = 5

log = structlog.get_logger()
group = AppGroup("search", help="The search index.")
groups = (group,)


def _engine() -> Engine:
    engine: Engine = current_app.extensions["search"]
    return engine


def _instance() -> Path:
    return Path(current_app.config["INSTANCE"])


@group.command("drain")
def drain() -> None:
    """Index what is waiting, now."""
    with indexing.writing(_instance()), Session(db.engine) as session:
        done = indexing.drain(session, _engine())
        _engine().tend()
    click.echo(f"{done} documents indexed")


@group.command("rebuild")
def rebuild() -> None:
    """Build the index anew; search goes on over the old one meanwhile."""
    with indexing.writing(_instance()), Session(db.engine) as session, tqdm(total=documents.total(session), unit=" documents") as bar:
        session.rollback()
        count = indexing.rebuild(session, _engine(), bar.update)
    click.echo(f"{count} documents in the new index")


@group.command("check")
def check() -> None:
    """Compare index and database; exit 1 and a list where they differ."""
    with Session(db.engine) as session:
        found = indexing.differences(session, _engine())
        for _ in range(CHECK_TRIES):
            # What was changed a moment ago is no fault while the indexer is at it.
            if not found or not waiting(session):
                break
            session.rollback()
            time.sleep(1)
            found = indexing.differences(session, _engine())
        queued = waiting(session)
    for line in found:
        click.echo(line)
    if queued:
        click.echo(f"{queued} changes wait for the indexer")
    if found:
        raise SystemExit(1)
    click.echo("index and database agree")


@group.command("indexer")
def indexer() -> None:
    """Keep the index fresh until stopped; a second one waits for its turn."""
    stop = threading.Event()

    def end(*_: Any) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    try:
        with indexing.writing(_instance(), "indexer", stop.is_set):
            _keep_fresh(stop)
    except indexing.Busy:
        return


def _keep_fresh(stop: threading.Event) -> None:
    engine, tended = _engine(), 0.0
    while not stop.is_set():
        try:
            if not engine.ready():
                _rebuild(engine, stop)
            done = _turn(engine, stop)
            if not done and time.monotonic() - tended > TEND_SECONDS:
                with indexing.writing(_instance(), give_up=stop.is_set):
                    engine.tend()
                tended = time.monotonic()
        except indexing.Busy:
            return
        except Exception:
            # The rows are still in the queue: the next turn does the work again.
            log.exception("indexing_failed")
            done = 0
            stop.wait(1)
        if not done:
            stop.wait(IDLE_SECONDS)


def _rebuild(engine: Engine, stop: threading.Event) -> None:
    """Nobody else would: the index is new, gone, or of an older release."""
    log.warning("index_missing_rebuilding")
    with indexing.writing(_instance(), give_up=stop.is_set), Session(db.engine) as session:
        indexing.rebuild(session, engine, give_up=stop.is_set)


def _turn(engine: Engine, stop: threading.Event) -> int:
    with Session(db.engine) as session:
        if not waiting(session):
            return 0
        session.rollback()
        with indexing.writing(_instance(), give_up=stop.is_set):
            return indexing.drain(session, engine, give_up=stop.is_set)
