"""Commands of the application as a whole; features bring their own."""

import click
from flask.cli import with_appcontext

from forum.worker import run


@click.command("worker")
@with_appcontext
def worker() -> None:
    """Tell subscribers what happened and send letters, until stopped."""
    run()


groups = (worker,)
