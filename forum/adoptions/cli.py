"""Commands of adoptions."""

import click
from flask.cli import AppGroup

from forum.adoptions import counting
from forum.extensions import db

group = AppGroup("adoptions", help="Which towns took which practices home.")
groups = (group,)


@group.command("count")
def count() -> None:
    """Count anew how many towns have adopted each practice, where the number has drifted; the worker does so every night."""
    mended = counting.mend(db.session())
    db.session.commit()
    click.echo(f"Исправлено практик: {mended}.")
