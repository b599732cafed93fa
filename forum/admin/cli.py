"""Commands of the administrator: reference data."""

import click
from flask.cli import AppGroup

from forum.accounts import loading as accounts
from forum.extensions import db
from forum.places import loading as places
from forum.search import loading as search
from forum.taxonomy import loading as taxonomy

group = AppGroup("reference", help="Regions, municipalities, nominations, obstacles, known mail domains and synonyms of search.")
groups = (group,)


@group.command("load")
def load() -> None:
    """Load the reference data that comes with the site; safe to repeat."""
    regions, municipalities = places.load(db.session())
    nominations = taxonomy.load(db.session())
    obstacles = taxonomy.load_obstacles(db.session())
    domains = accounts.load(db.session())
    groups = search.load(db.session())
    db.session.commit()
    said = f"{regions} regions, {municipalities} municipalities, {nominations} nominations, {obstacles} obstacles"
    click.echo(f"{said}, {domains} mail domains, {groups} groups of synonyms")
