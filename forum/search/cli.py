"""Commands: rebuild, check and drain the index, and the process that keeps it fresh."""

import signal
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.orm import Session
from tqdm import tqdm

from forum.extensions import db
from forum.search import documents, indexing
from forum.search.indexer import guard
from forum.search.port import Engine
from forum.search.queue import waiting

CHECK_TRIES = 5

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
    with suppress(indexing.Busy):
        guard(db.engine, _engine(), _instance(), stop)
