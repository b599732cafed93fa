"""Regions and nominations as lists and filters need them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.places.models import Region
from forum.taxonomy.models import Nomination, Obstacle, obstacles


@dataclass(frozen=True, slots=True)
class Reference:
    """What filters choose from and cards name: rows of columns, in the order of lists; nominations by id as text."""

    regions: dict[str, Any]
    nominations: dict[str, Any]

    def of_district(self, district: str) -> list[str]:
        """Codes of the regions of a federal district."""
        return [code for code, region in self.regions.items() if region.district == district]


def reference(session: Session) -> Reference:
    """All regions and nominations."""
    columns = (
        *(Region.code, Region.name, Region.name_en, Region.district, Region.capital, Region.abbr, Region.tile_x, Region.tile_y),
        Region.population,
    )
    regions = session.execute(select(*columns).order_by(Region.name))
    nominations = session.execute(
        select(Nomination.id, Nomination.title, Nomination.title_en, Nomination.short, Nomination.short_en).order_by(Nomination.id)
    )
    return Reference({region.code: region for region in regions}, {str(nomination.id): nomination for nomination in nominations})


def known_obstacles(session: Session) -> dict[str, Any]:
    """All obstacles there ever were by code, in their order: rows of id, code, name, name_en and whether it is retired."""
    columns = (Obstacle.id, Obstacle.code, Obstacle.name, Obstacle.name_en, Obstacle.retired)
    return {row.code: row for row in session.execute(obstacles(retired=True).with_only_columns(*columns))}
