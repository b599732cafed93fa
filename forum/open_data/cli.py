"""Commands of open data."""

import click
from flask import current_app
from flask.cli import AppGroup

from forum.core.database import reading
from forum.extensions import db
from forum.open_data import counting, dump

group = AppGroup("open-data", help="The dump and the sums of the statistics page.")
groups = (group,)


@group.command("dump")
def make_dump() -> None:
    """Make the full dump now and offer it at /open-data; the worker does so every night."""
    *_steps, made = dump.whole(db.engine, db.session(), current_app.extensions["files"])
    click.echo(f"{sum(made.counts.values())} строк, {made.size} байт, sha256 {made.sha256}")


@group.command("count")
def count() -> None:
    """Count the sums of the statistics page anew; the worker does so every night."""
    with reading():
        counted = counting.count(db.session())
        db.session.rollback()
    changed = counting.keep(db.session(), counted)
    db.session.commit()
    click.echo(f"Изменилось сумм: {changed}.")
