"""The index of prices, and practices that a practice is compared with."""

from collections.abc import Callable
from typing import Any

import pytest

from forum.taxonomy.loading import load_prices


@pytest.fixture
def prices(session) -> None:
    """The index that comes with the site."""
    load_prices(session)
    session.commit()


@pytest.fixture
def peers(make, prices) -> Callable[..., list[Any]]:
    """Practices of the first nomination in towns of 1,000 people, each of which cost so many roubles per resident in 2024."""

    def some(*costs: int, **more: Any) -> list[Any]:
        return [make.practice(**town(make, cost), **more) for cost in costs]

    return some


def town(make, cost: int) -> dict[str, Any]:
    """What makes a practice cost so much per resident."""
    return {"municipality": make.place(population=1_000), "cost_local": cost * 1_000, "cost_extra": None, "finished": "2024-05"}
