"""Comparable cost: what a practice cost, told so that towns and years can be compared, and its place among practices like it.

Pure functions. How they reckon is told to readers at /costs; whoever changes one of them changes that page too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p

from forum.places import bands
from forum.places.kinds import MunicipalityType
from forum.taxonomy.prices import Prices

# Roubles per resident, roubles per beneficiary, per cent from outside the budgets, roubles of upkeep per resident and year.
FIGURES = ("comparable_cost", "comparable_per_beneficiary", "extra_share", "comparable_upkeep")
# Fewer say nothing.
LEAST_PEERS = 5
RURAL = (MunicipalityType.RURAL_SETTLEMENT, MunicipalityType.MUNICIPAL_DISTRICT)

Figures = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Spent:
    """What is known of a practice's money, in whole roubles of its own year."""

    total: int | None = None
    extra: int | None = None
    upkeep: int | None = None
    beneficiaries: int | None = None
    population: int | None = None
    year: int | None = None


def comparable(spent: Spent, prices: Prices) -> Figures:
    """The four figures in prices of the level; None where something for it is not known."""
    factor = prices.factor(spent.year)
    return {
        "comparable_cost": _each(spent.total, spent.population, factor),
        "comparable_per_beneficiary": _each(spent.total, spent.beneficiaries, factor),
        "extra_share": (spent.extra or 0) / spent.total * 100 if spent.total else None,
        "comparable_upkeep": _each(spent.upkeep, spent.population, factor),
    }


def _each(roubles: int | None, people: int | None, factor: float | None) -> float | None:
    return roubles * factor / people if roubles is not None and people and factor is not None else None


def town_kind(population: int | None, type: str | None, category: int | None = None) -> str | None:
    """Which towns are like one another: the band of population, and whether rural (`5-50 rural`); None where that is not known."""
    band = bands.band(population, bands.POPULATIONS) if population else None
    rural = type in RURAL if type else category == 2
    return f"{band} {'rural' if rural else 'urban'}" if band else None


@dataclass(frozen=True, slots=True)
class Peer:
    """Another practice of the nomination: whether it shares a theme, whether its town is alike, and its figures."""

    id: int
    themed: bool
    alike: bool
    figures: Figures


# How far the circle is drawn: the first that holds enough is taken.
STEPS = ("theme_town", "theme", "town", "nomination")


def circle(peers: Sequence[Peer], figure: str) -> tuple[str, list[float]] | None:
    """The narrowest step with enough practices that know the figure, and their values in order; None where all are too few."""
    # By what they share: nothing, the town's kind, a theme, both.
    parted: tuple[list[float], ...] = ([], [], [], [])
    for peer in peers:
        value = peer.figures[figure]
        if value is not None:
            parted[2 * peer.themed + peer.alike].append(value)
    other, town, theme, both = parted
    for step, values in zip(STEPS, (both, both + theme, both + town, both + theme + town + other), strict=True):
        if len(values) >= LEAST_PEERS:
            return step, sorted(values)
    return None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value lies among others: how many they are, how many of them are less and more, and five values of theirs."""

    value: float
    count: int
    less: int
    more: int
    least: float
    lower: float
    median: float
    upper: float
    most: float


def place(value: float, others: Sequence[float]) -> Place:
    """The place of a value among others, which stand in order and are not none."""
    less, more = sum(other < value for other in others), sum(other > value for other in others)
    lower, median, upper = (quantile(others, part) for part in (0.25, 0.5, 0.75))
    return Place(value, len(others), less, more, others[0], lower, median, upper, others[-1])


def quantile(values: Sequence[float], part: float) -> float:
    """The value below which a part (0 to 1) of the values in order lies; between two it is drawn straight (Hyndman and Fan, type 7)."""
    at = part * (len(values) - 1)
    low = int(at)
    high = min(low + 1, len(values) - 1)
    # In this form equal neighbours give themselves, without the error of adding.
    return values[low] + (values[high] - values[low]) * (at - low)


# A mark keeps within the picture.
MARGIN = 3.0


def strip(place: Place) -> dict[str, float]:
    """Where the five values and this one are drawn, in per cent of the width.

    Costs differ by orders of magnitude, and one dear practice would press all others together: the scale is that of
    log(1 + value / median).
    """
    unit = place.median or place.most or 1.0
    names = ("least", "lower", "median", "upper", "most", "value")
    scaled = {name: log1p(getattr(place, name) / unit) for name in names}
    low, high = min(scaled.values()), max(scaled.values())
    width = (100 - 2 * MARGIN) / (high - low) if high > low else 0.0
    return {name: round(MARGIN + (at - low) * width, 2) if width else 50.0 for name, at in scaled.items()}
