"""Roubles by source."""

from typing import ClassVar


class Costed:
    """What has a column of whole roubles for each source, `cost_local` and so on."""

    COSTS: ClassVar[tuple[str, ...]] = ("local", "regional", "federal", "extra")

    @property
    def costs(self) -> dict[str, int | None]:
        """Roubles by source."""
        return {source: getattr(self, f"cost_{source}") for source in self.COSTS}

    @property
    def total(self) -> int | None:
        """Roubles from all sources, or None where no source is known."""
        known = [cost for cost in self.costs.values() if cost is not None]
        return sum(known) if known else None
