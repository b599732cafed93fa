"""Commands that check what moderators did."""

import click
from flask.cli import AppGroup

from forum.core.database import reading
from forum.extensions import db
from forum.moderation import chain

group = AppGroup("moderation", help="The log of moderation.")
groups = (group,)

FAULTS = {
    "gap": "a row is missing before it",
    "hash": "its content or hash was changed",
    "event": "the event it tells of, or its region, was changed or is gone",
    "columns": "its columns say something else than its content",
    "unbound": "this event stands in no row",
}


@group.command("verify-log")
def verify_log() -> None:
    """Check the chained log against itself and the events; exit 1 at the first row that is not what it was."""
    with reading():
        verdict = chain.verify(db.session())
        db.session.rollback()
    if verdict.fault:
        fault = verdict.fault
        click.echo(f"{verdict.rows} rows are right, the last hash is {verdict.head}", err=True)
        click.echo(f"row {fault.sequence}, event {fault.event_id}: {FAULTS[fault.what]}", err=True)
        raise SystemExit(1)
    click.echo(f"{verdict.rows} rows, the chain is whole; the last hash is {verdict.head}")
