"""The kept sums as the statistics page and the map want them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.open_data.counting import MEASURES
from forum.open_data.models import Figure

MONTHS = 24
_F = Figure.__table__.c
Sums = Mapping[str, int]  # by measure


@dataclass(frozen=True, slots=True)
class Period:
    """A month (YYYY-MM) or a year (YYYY) with its sums; `towns_so_far`: all that had taken part by its end."""

    key: str
    sums: Sums
    towns_so_far: int = 0


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of all time: of all, by region and by nomination."""

    all: Sums
    regions: Mapping[str, Sums]
    nominations: Mapping[int, Sums]


def totals(session: Session) -> Totals:
    """One query, of some hundred rows."""
    found: dict[tuple[str, int], dict[str, int]] = {}
    for region, nomination, measure, number in session.execute(
        select(_F.region, _F.nomination, _F.measure, _F.number).where(_F.month == "", _F.measure.in_(MEASURES))
    ):
        found.setdefault((region, nomination), dict.fromkeys(MEASURES, 0))[measure] = number
    nothing = dict.fromkeys(MEASURES, 0)
    return Totals(
        found.get(("", 0), nothing),
        {region: sums for (region, _), sums in found.items() if region},
        {nomination: sums for (_, nomination), sums in found.items() if nomination},
    )


def monthly(session: Session, region: str = "", nomination: int = 0) -> dict[str, dict[str, int]]:
    """Sums by month, of a region, a nomination or all."""
    found: dict[str, dict[str, int]] = {}
    query = select(_F.month, _F.measure, _F.number).where(_F.region == region, _F.nomination == nomination, _F.month != "")
    for month, measure, number in session.execute(query):
        found.setdefault(month, dict.fromkeys(MEASURES, 0))[measure] = number
    return found


def periods(sums: Mapping[str, Sums], today: date, by_year: bool) -> list[Period]:
    """The last two years month by month, up to the present one; or all years. Those in which nothing was done too."""
    nothing = dict.fromkeys(MEASURES, 0)
    if by_year:
        keys = _years(min(sums, default=f"{today:%Y}")[:4], today)
        grouped = {key: _added(values for month, values in sums.items() if month[:4] == key) for key in keys}
    else:
        keys = _months(today, MONTHS)
        grouped = {key: dict(sums.get(key, nothing)) for key in keys}
    before = sum(values["towns"] for month, values in sums.items() if month[: len(keys[0])] < keys[0])
    so_far = accumulate((grouped[key]["towns"] for key in keys), initial=before)
    next(so_far)
    return [Period(key, grouped[key], towns) for key, towns in zip(keys, so_far, strict=True)]


def _months(today: date, number: int) -> list[str]:
    last = today.year * 12 + today.month - 1
    return [f"{month // 12}-{month % 12 + 1:02}" for month in range(last - number + 1, last + 1)]


def _years(first: str, today: date) -> list[str]:
    return [str(year) for year in range(min(int(first), today.year), today.year + 1)]


def _added(rows: Iterable[Sums]) -> dict[str, int]:
    some: Sequence[Sums] = list(rows)
    return {measure: sum(row[measure] for row in some) for measure in MEASURES}


def adoptions_by_region(session: Session) -> dict[str, int]:
    """How many adoptions were begun in each region."""
    query = select(_F.region, _F.number).where(_F.month == "", _F.nomination == 0, _F.measure == "opened", _F.region != "")
    return {row.region: row.number for row in session.execute(query)}
