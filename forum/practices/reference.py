"""Regions and nominations as lists and filters need them."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import String, cast, false, literal, null, select, true, union_all
from sqlalchemy.orm import Session

from forum.places.models import Region
from forum.taxonomy.models import Nomination, Obstacle, obstacles


class RegionRow(NamedTuple):
    """A region as lists and the map show it."""

    code: str
    name: str
    name_en: str
    district: str
    capital: str
    abbr: str
    tile_x: int
    tile_y: int
    population: int | None


class NominationRow(NamedTuple):
    """A nomination as filters and cards name it."""

    id: int
    title: str
    title_en: str
    short: str
    short_en: str


@dataclass(frozen=True, slots=True)
class Reference:
    """What filters choose from and cards name, in the order of lists; nominations by id as text."""

    regions: dict[str, RegionRow]
    nominations: dict[str, NominationRow]

    def of_district(self, district: str) -> list[str]:
        """Codes of the regions of a federal district."""
        return [code for code, region in self.regions.items() if region.district == district]


_R, _N = Region, Nomination
# Both in one question: pages that need them have few to spare.
_ROWS: Any = union_all(
    select(true(), _R.code, _R.name, _R.name_en, _R.district, _R.capital, _R.abbr, _R.tile_x, _R.tile_y, _R.population),
    select(false(), cast(_N.id, String), _N.title, _N.title_en, _N.short, _N.short_en, literal(""), _N.id, literal(0), null()),
)


def reference(session: Session) -> Reference:
    """All regions and nominations."""
    rows = [(bool(is_region), values) for is_region, *values in session.execute(_ROWS)]
    regions = sorted((RegionRow(*values) for is_region, values in rows if is_region), key=lambda region: region.name)
    nominations = sorted(NominationRow(values[6], *values[1:5]) for is_region, values in rows if not is_region)
    return Reference({region.code: region for region in regions}, {str(nomination.id): nomination for nomination in nominations})


def known_obstacles(session: Session) -> dict[str, Any]:
    """All obstacles there ever were by code, in their order: rows of id, code, name, name_en and whether it is retired."""
    columns = (Obstacle.id, Obstacle.code, Obstacle.name, Obstacle.name_en, Obstacle.retired)
    return {row.code: row for row in session.execute(obstacles(retired=True).with_only_columns(*columns))}
