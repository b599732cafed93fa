"""One price level for money of different years.

Source: Росстат, индекс потребительских цен, Российская Федерация, декабрь к декабрю предыдущего года, per cent.
"""

from collections.abc import Mapping
from functools import cached_property


class Prices:
    """Growth of prices by year, per cent of the December before (108.39: they rose by 8.39 %).

    Years after a gap count for nothing: what they would have to be multiplied by is not known.
    """

    def __init__(self, percents: Mapping[int, float]) -> None:
        self._percents = dict(sorted(percents.items()))

    @cached_property
    def years(self) -> dict[int, float]:
        """The unbroken run of years from the first on."""
        run: dict[int, float] = {}
        for year, percent in self._percents.items():
            if run and year - 1 not in run:
                break
            run[year] = percent
        return run

    @property
    def level(self) -> int | None:
        """The year in whose December prices all is told; None where no index is known."""
        return max(self.years, default=None)

    @property
    def first(self) -> int | None:
        """The earliest year whose money can be told in them."""
        return min(self.years, default=None)

    def factor(self, year: int | None) -> float | None:
        """What money of a year is multiplied by; None for a year before the index or not known.

        Money of a year counts as spent at its end. For years after the level there is no index yet: it stays as it is.
        """
        if year is None or self.level is None or self.first is None or year < self.first:
            return None
        product = 1.0
        for later in range(year + 1, self.level + 1):
            product *= self.years[later] / 100
        return product
