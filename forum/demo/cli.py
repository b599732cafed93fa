"""Commands that fill a site: the demonstration written by hand, and volume for benchmarks."""

import ipaddress
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.orm import Session
from tqdm import tqdm

from forum.accounts import loading as accounts
from forum.accounts.passwords import hash_password
from forum.demo.loading import load, total
from forum.extensions import db
from forum.places import loading as places
from forum.search import indexing
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
        load(session, hash_password(PASSWORD), bar.update)
        session.commit()
    (Path(current_app.config["INSTANCE"]) / MARK).touch()
    click.echo(f"The demonstration is loaded, {_index()} entries are indexed. Everybody's password is {PASSWORD}.")


def _reference(session: Session) -> None:
    places.load(session)
    taxonomy.load(session)
    accounts.load(session)


def _index() -> int:
    """Index what waits; the number of entries."""
    engine = current_app.extensions["search"]
    with indexing.writing(Path(current_app.config["INSTANCE"])), Session(db.engine) as session:
        done = indexing.drain(session, engine)
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
