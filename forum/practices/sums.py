"""What the practices of a place come to: how many stand where, and what they cost together."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, case, func, or_, select
from sqlalchemy.orm import Session

from forum.practices.lists import P, listed
from forum.practices.models import Practice, Status


@dataclass(frozen=True, slots=True)
class Sums:
    """Listed practices by status, in the order of `Status`; whole roubles by source, of the `priced` ones whose cost is known."""

    statuses: dict[str, int]
    priced: int
    costs: dict[str, int]

    @property
    def practices(self) -> int:
        """How many there are."""
        return sum(self.statuses.values())

    @property
    def total(self) -> int:
        """Roubles from all sources."""
        return sum(self.costs.values())


def of_region(session: Session, code: str) -> Sums:
    """Of a region; one query."""
    return _sums(session, "region", code)


def of_municipality(session: Session, id: int) -> Sums:
    """Of a municipality; one query."""
    return _sums(session, "municipality_id", id)


def _sums(session: Session, column: str, value: str | int) -> Sums:
    rows = {row[0]: row for row in session.execute(_by_status(column), {"value": value})}
    return Sums(
        {status: rows[status][1] for status in Status if status in rows},
        sum(row[2] for row in rows.values()),
        # PostgreSQL adds up large whole numbers to a decimal one.
        {source: sum(int(row[3 + at]) for row in rows.values()) for at, source in enumerate(Practice.COSTS)},
    )


@lru_cache
def _by_status(column: str) -> Select[Any]:
    # Put together once: that takes as long as asking it.
    costs = [P[f"cost_{source}"] for source in Practice.COSTS]
    known = or_(*(cost.is_not(None) for cost in costs))
    sums = (func.coalesce(func.sum(cost), 0) for cost in costs)
    place = P[column] == bindparam("value", type_=P[column].type)
    return select(P.status, func.count(), func.count(case((known, 1))), *sums).where(listed(), place).group_by(P.status)
