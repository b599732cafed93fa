"""Commands of the administrator: reference data."""

import click
from flask.cli import AppGroup

from forum.accounts import loading as accounts
from forum.extensions import db
from forum.places import loading as places
from forum.practices.reckoning import reckon_all
from forum.search import loading as search
from forum.taxonomy import loading as taxonomy
from forum.taxonomy.models import PriceYear, prices

group = AppGroup(
    "reference", help="Regions, municipalities, nominations, obstacles, the index of prices, known mail domains and synonyms of search."
)
groups = (group,)


@group.command("load")
def load() -> None:
    """Load the reference data that comes with the site; safe to repeat."""
    regions, municipalities = places.load(db.session())
    nominations = taxonomy.load(db.session())
    years = taxonomy.load_prices(db.session())
    obstacles = taxonomy.load_obstacles(db.session())
    domains = accounts.load(db.session())
    groups = search.load(db.session())
    db.session.commit()
    said = f"{regions} regions, {municipalities} municipalities, {nominations} nominations, {obstacles} obstacles, {years} years of prices"
    click.echo(f"{said}, {domains} mail domains, {groups} groups of synonyms")
    _reckon()


@group.command("price")
@click.argument("year", type=click.IntRange(1992, 2100))
@click.argument("percent", type=click.FloatRange(50, 3000))
def price(year: int, percent: float) -> None:
    """Add or correct a year of the consumer price index: PERCENT of December to the December before, as Росстат publishes it.

    All comparable costs are then told in prices of the last year there is.
    """
    known = prices(db.session()).years
    if known and not min(known) - 1 <= year <= max(known) + 1:
        raise click.ClickException(f"Годы идут подряд: сейчас есть {min(known)}–{max(known)}.")
    db.session.merge(PriceYear(year=year, percent=percent))
    db.session.commit()
    _reckon()


def _reckon() -> None:
    changed = 0
    for number in reckon_all(db.session()):
        db.session.commit()
        changed += number
    click.echo(f"{changed} practices have another comparable cost")
