"""Trust from the command line."""

import click
from flask.cli import AppGroup
from sqlalchemy import select

from forum.core.clock import now
from forum.core.once import insert_once
from forum.entries.models import Entry, State
from forum.extensions import db
from forum.trust.links import domains
from forum.trust.models import SeenDomain
from forum.trust.sweeping import sweep

trust = AppGroup("trust", help="Levels of trust, and what is known of links.")
groups = (trust,)


@trust.command("sweep")
def sweep_command() -> None:
    """Compute anew the levels that time and votes change; the worker does it every night."""
    total = 0
    for number in sweep(db.session(), now()):
        db.session.commit()
        total += number
    click.echo(f"Проверено людей: {total}.")


@trust.command("gather")
def gather_command() -> None:
    """Know the domains that everything published links to: once, where the site was there before the list."""
    total = last = 0
    while batch := db.session.scalars(
        select(Entry).where(Entry.id > last, Entry.state == State.PUBLISHED).order_by(Entry.id).limit(500)
    ).all():
        for entry in batch:
            total += sum(insert_once(db.session(), SeenDomain, domain=name, seen_at=now()) for name in domains(entry.markup))
        last = batch[-1].id
        db.session.commit()
        db.session.expunge_all()
    click.echo(f"Новых доменов: {total}.")
