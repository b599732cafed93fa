"""Commands that fill a site: the demonstration written by hand, and volume for benchmarks."""

import ipaddress
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session
from tqdm import tqdm

from forum.accounts import loading as accounts
from forum.accounts.passwords import hash_password
from forum.core.errors import Refused
from forum.core.files import key_for
from forum.demo import bulk, requesting, rows
from forum.demo.loading import load, total
from forum.demo.volume import Volume
from forum.extensions import db
from forum.open_data import counting as sums
from forum.places import loading as places
from forum.search import indexing
from forum.search import loading as search
from forum.search.queue import waiting
from forum.taxonomy import loading as taxonomy

PASSWORD = "demo-password"
MARK = "demo-loaded"

group = AppGroup("demo", help="The demonstration, and volume for benchmarks.")
groups = (group,)


@group.command("load")
def load_demo() -> None:
    """Load the demonstration; safe to repeat. Its passwords are public, so only a site on loopback takes it."""
    _refuse_in_the_open()
    with Session(db.engine, expire_on_commit=False) as session, tqdm(total=total(), unit=" practices") as bar:
        _reference(session)
        load(session, hash_password(PASSWORD), bar.update, current_app.extensions["files"])
        session.flush()
        sums.keep(session, sums.count(session))
        session.commit()
    _mark()
    click.echo(f"The demonstration is loaded, {_index()} entries are indexed. Everybody's password is {PASSWORD}.")


@group.command("bulk")
@click.option("--practices", type=click.IntRange(1, 10_000_000), default=10_000, show_default=True)
@click.option("--comments", type=click.IntRange(0, 100_000_000), default=100_000, show_default=True)
@click.option("--people", type=click.IntRange(2, 1_000_000), default=2_000, show_default=True)
@click.option(
    "--adoptions",
    type=click.IntRange(-1, 100_000_000),
    default=0,
    is_flag=False,
    flag_value=-1,
    help="Towns that took practices home; without a number three times as many as practices.",
)
@click.option("--requests", type=click.IntRange(0, 1_000_000), help="Requests for a solution; one for 50 practices where it is not said.")
@click.option("--seed", type=click.IntRange(0, 1_000_000), default=1, show_default=True, help="The same seed gives the same rows.")
@click.option("--index", is_flag=True, help="Rebuild the search index at the end.")
def bulk_demo(practices: int, comments: int, people: int, adoptions: int, requests: int | None, seed: int, index: bool) -> None:
    """Add a volume of composed practices, comments, adoptions and requests, for benchmarks."""
    _refuse_in_the_open()
    asked = requesting.usual(practices) if requests is None else requests
    volume = Volume(practices, comments, people, seed, 3 * practices if adoptions < 0 else adoptions, asked)
    _mark()
    with bulk_speed(db.engine), Session(db.engine) as session, tqdm(total=volume.entries, unit=" entries") as bar:
        _reference(session)
        session.commit()
        current_app.extensions["files"].put(key_for(rows.PAPER), rows.PAPER)
        try:
            bulk.write(session, volume, PASSWORD, tuple(current_app.config["PASSWORD_COST"]), bar.update)
        except Refused as error:
            raise click.ClickException(f"A volume of seed {seed} is there already: choose another --seed.") from error
    click.echo(f"{practices} practices and {comments} comments by {people} people (bulk{seed}-0@bulk.example…, {PASSWORD}).")
    if index:
        with indexing.writing(Path(current_app.config["INSTANCE"])), Session(db.engine) as session:
            click.echo(f"{indexing.rebuild(session, current_app.extensions['search'])} documents in the index.")
    else:
        click.echo("Search knows nothing of them yet: flask search rebuild")


@contextmanager
def bulk_speed(engine: Engine) -> Iterator[None]:
    """Do not wait for the disk at each batch: a volume that is cut off is made anew."""

    def hasten(connection: Any, record: Any) -> None:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-200000")

    if engine.dialect.name != "sqlite":
        yield
        return
    engine.dispose()
    event.listen(engine, "connect", hasten)
    try:
        yield
    finally:
        event.remove(engine, "connect", hasten)
        engine.dispose()


def _mark() -> None:
    """Leave word that public passwords are in this instance."""
    (Path(current_app.config["INSTANCE"]) / MARK).touch()


def _reference(session: Session) -> None:
    places.load(session)
    taxonomy.load(session)
    taxonomy.load_prices(session)
    taxonomy.load_obstacles(session)
    accounts.load(session)
    search.load(session)


def _index() -> int:
    """Index what waits; the number of entries."""
    engine = current_app.extensions["search"]
    with indexing.writing(Path(current_app.config["INSTANCE"])), Session(db.engine) as session:
        # Each entry was written to several times, and nobody waits for the first ones: all of them in one commit.
        done = indexing.drain(session, engine, batch=waiting(session))
        engine.tend()
    return done


def _refuse_in_the_open() -> None:
    if current_app.config["ENV"] == "production":
        raise click.ClickException("The demonstration's passwords are public: it is not for production (FORUM_ENV).")
    host = current_app.config["HOST"]
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    if not loopback:
        raise click.ClickException(f"The demonstration's passwords are public: it is for HOST=127.0.0.1 only, not for {host!r}.")
