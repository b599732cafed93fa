"""Filling in the nominations and the index of prices."""

import csv
from pathlib import Path

from sqlalchemy.orm import Session

from forum.taxonomy.models import Nomination, PriceYear

DATA = Path(__file__).parent / "data"


def load(session: Session) -> int:
    """The nominations that come with the site; safe to repeat. Returns how many there are."""
    with (DATA / "nominations.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        nomination = session.get(Nomination, int(row["id"]))
        if nomination is None:
            session.add(nomination := Nomination(id=int(row["id"])))
        nomination.title, nomination.title_en = row["title"], row["title_en"]
        nomination.short, nomination.short_en = row["short"], row["short_en"]
    session.flush()
    return len(rows)


def load_prices(session: Session) -> int:
    """The years of the index that come with the site; those an administrator added stay. Returns how many came."""
    with (DATA / "prices.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [(int(row["year"]), float(row["percent"])) for row in csv.DictReader(file)]
    for year, percent in rows:
        session.merge(PriceYear(year=year, percent=percent))
    session.flush()
    return len(rows)
