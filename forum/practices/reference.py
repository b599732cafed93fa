"""Regions and nominations as lists and filters need them; and a memory for such things."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.places.models import Region
from forum.taxonomy.models import Nomination

Answer = TypeVar("Answer")


class Memo:
    """The last answer to each question, good for one version of the pages. One a process; threads at worst ask twice."""

    def __init__(self) -> None:
        self._kept: dict[Callable[[Session], Any], tuple[int, Any]] = {}

    def ask(self, question: Callable[[Session], Answer], session: Session, version: int) -> Answer:
        """What the question answers at this version of the pages."""
        kept = self._kept.get(question)
        if kept is None or kept[0] != version:
            self._kept[question] = kept = (version, question(session))
        answer: Answer = kept[1]
        return answer


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
    columns = (Region.code, Region.name, Region.name_en, Region.district, Region.capital, Region.abbr, Region.tile_x, Region.tile_y)
    regions = session.execute(select(*columns).order_by(Region.name))
    nominations = session.execute(
        select(Nomination.id, Nomination.title, Nomination.title_en, Nomination.short, Nomination.short_en).order_by(Nomination.id)
    )
    return Reference({region.code: region for region in regions}, {str(nomination.id): nomination for nomination in nominations})
