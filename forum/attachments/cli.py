"""`flask attachments extract`: the texts of documents, for search."""

import click
from flask.cli import AppGroup
from sqlalchemy import func, select
from tqdm import tqdm

from forum.attachments import extracting, queries
from forum.attachments.models import Attachment
from forum.extensions import db

attachments = AppGroup("attachments", help="Documents and photos of practices.")
groups = (attachments,)


@attachments.command("extract")
def extract() -> None:
    """Read the texts of documents that came before texts were read; a second run finds nothing to do."""
    total = db.session.scalar(queries.never_read().with_only_columns(func.count()).order_by(None).limit(None)) or 0
    with tqdm(total=total, unit=" файлов", disable=None) as bar:
        count = extracting.ask_again(db.session(), bar.update)
    states = db.session.execute(select(Attachment.text_state, func.count()).group_by(Attachment.text_state).order_by(Attachment.text_state))
    click.echo(f"Прочитано файлов: {count}.")
    for state, number in states:
        if state is not None:
            click.echo(f"  {state}: {number}")
