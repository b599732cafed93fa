"""Filling in the nominations, the obstacles and the index of prices."""

import csv
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.taxonomy.models import Nomination, Obstacle, PriceYear

DATA = Path(__file__).parent / "data"
LAST = 990  # of the list of obstacles: «другое» stands after whatever administrators add


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


def load_obstacles(session: Session) -> int:
    """Add those of the file that are not there yet, by code: what administrators changed or retired stays so. How many there are."""
    with (DATA / "obstacles.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    known = set(session.scalars(select(Obstacle.code)))
    for position, row in enumerate(rows, 1):
        if row["code"] not in known:
            place = LAST if row["code"] == "other" else position * 10
            session.add(Obstacle(code=row["code"], name=row["name"], name_en=row["name_en"], position=place))
    session.flush()
    return session.scalar(select(func.count()).select_from(Obstacle)) or 0
