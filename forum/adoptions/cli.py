"""Commands of adoptions."""

import click
from flask.cli import AppGroup

from forum.adoptions import counting, following
from forum.extensions import db

group = AppGroup("adoptions", help="Which towns took which practices home.")
groups = (group,)


@group.command("count")
def count() -> None:
    """Count anew how many towns have adopted each practice, and repeat in adoptions what practices are called, where that has drifted;
    the worker does so every night."""
    mended = following.mend(db.session()) + counting.mend(db.session())
    db.session.commit()
    click.echo(f"Исправлено практик: {mended}.")
