"""What the adoptions of a practice come to: how many stand where, what they cost, what the indicators did, why some refused."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from forum.adoptions.models import Stage
from forum.practices.models import Indicator, Practice

COSTS = tuple(f"cost_{source}" for source in Practice.COSTS)


@dataclass(frozen=True, slots=True)
class Range:
    """The least, the middle and the greatest of some figures."""

    least: float
    middle: float
    greatest: float
    number: int


@dataclass(frozen=True, slots=True)
class Beside:
    """An indicator of the practice: by how much it changed there (per cent or points, None where that is not known), and in the towns."""

    name: str
    unit: str
    there: float | None
    here: Range


@dataclass(frozen=True, slots=True)
class Totals:
    """Numbers of towns: `confirmed` have a result that counts, `under_way` are at it, `refused` gave it up; by region all of them.

    `per_resident` is in whole roubles, of the confirmed results alone. `obstacles` name why towns refused, the most frequent first.
    """

    confirmed: int
    under_way: int
    refused: int
    regions: Mapping[str, int]
    per_resident: Range | None
    indicators: Sequence[Beside]
    obstacles: Sequence[tuple[Any, int]]

    @property
    def number(self) -> int:
        """How many towns have taken it up."""
        return self.confirmed + self.under_way + self.refused


def total(rows: Sequence[Any], donor: Sequence[Indicator] = ()) -> Totals:
    """Totals of rows of `lists.summed`; `donor` are the practice's own indicators.

    A town that stands there twice (two practices were merged) counts once where it succeeded.
    """
    confirmed = {row.municipality_id for row in rows if row.confirmed_at is not None}
    under_way = {row.municipality_id for row in rows if row.confirmed_at is None and row.stage != Stage.REFUSED} - confirmed
    refused = {row.municipality_id for row in rows if row.stage == Stage.REFUSED} - confirmed - under_way
    done = [row for row in rows if row.confirmed_at is not None]
    return Totals(
        len(confirmed),
        len(under_way),
        len(refused),
        Counter(region for _, region in {(row.municipality_id, row.region) for row in rows}),
        _range(cost_per_resident(row) for row in done),
        list(_beside(done, donor)),
        Counter((row.obstacle, row.obstacle_en) for row in rows if row.stage == Stage.REFUSED and row.obstacle).most_common(),
    )


def cost_per_resident(row: Any) -> float | None:
    """Roubles of all sources per resident of the town; None where cost or population are not known."""
    known = [cost for cost in (getattr(row, name) for name in COSTS) if cost is not None]
    return sum(known) / row.population if known and row.population else None


def _range(figures: Iterable[float | None]) -> Range | None:
    known = sorted(figure for figure in figures if figure is not None)
    return Range(known[0], median(known), known[-1], len(known)) if known else None


def _beside(rows: Sequence[Any], donor: Sequence[Indicator]) -> Iterable[Beside]:
    changes: dict[tuple[str, str], list[float]] = {}
    for row in rows:
        for indicator in row.indicators:
            if indicator.change is not None:
                changes.setdefault(_key(indicator), []).append(indicator.change)
    for indicator in donor:
        found = _range(changes.get(_key(indicator), ()))
        if found is not None:
            yield Beside(indicator.name, indicator.unit, indicator.change, found)


def _key(indicator: Indicator) -> tuple[str, str]:
    return indicator.name.strip().lower(), indicator.unit.strip().lower()
