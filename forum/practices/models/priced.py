"""What a practice cost; and its comparable cost, kept on the card so that those like it are found by an index (see `practices.costs`)."""

from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import Index, String, inspect, text
from sqlalchemy.orm import Mapped, mapped_column

from forum.places.models import Municipality
from forum.practices.costs import FIGURES, Spent, comparable, town_kind
from forum.practices.models.costed import Costed
from forum.practices.models.movable import Movable
from forum.taxonomy.models import prices

PRICED = text("comparable_cost IS NOT NULL AND listed_at IS NOT NULL")
# All that is asked of those like it lies in the index: a card's own row is long, and these columns stand at its end.
PEERS = tuple(
    Index(f"ix_practices_{name}", *columns, "listed_at", "id", *FIGURES, *also, sqlite_where=PRICED, postgresql_where=PRICED)
    for name, columns, also in (
        ("peers_in_towns", ("nomination_id", "town_kind"), ()),
        ("peers", ("nomination_id",), ("town_kind",)),
    )
)


class Priced(Costed, Movable):
    """Roubles by source, and in prices of the level: roubles per resident, per beneficiary, of yearly upkeep per resident.

    `extra_share` is per cent of the total.
    """

    __abstract__ = True

    if TYPE_CHECKING:
        upkeep: Mapped[int | None]
        beneficiaries: Mapped[int | None]
        cost_extra: Mapped[int | None]
        started: Mapped[str | None]
        finished: Mapped[str | None]
        municipality: Mapped[Municipality | None]

    # What the figures follow from.
    MONEY: ClassVar[tuple[str, ...]] = (
        *(f"cost_{source}" for source in Costed.COSTS),
        *("upkeep", "beneficiaries", "started", "finished", "municipality_id"),
    )

    comparable_cost: Mapped[float | None]
    comparable_per_beneficiary: Mapped[float | None]
    extra_share: Mapped[float | None]
    comparable_upkeep: Mapped[float | None]
    town_kind: Mapped[str | None] = mapped_column(String(20))

    @property
    def shares(self) -> dict[str, float]:
        """Per cent of the total by source; empty where the total is unknown or nought."""
        total = self.total
        return {source: (cost or 0) / total * 100 for source, cost in self.costs.items()} if total else {}

    @property
    def figures(self) -> dict[str, float | None]:
        """The four figures by name."""
        return {name: getattr(self, name) for name in FIGURES}

    @property
    def year_of_money(self) -> int | None:
        """The year in whose prices the costs are told: that of the end, else of the start."""
        month = self.finished or self.started
        return int(month[:4]) if month else None

    def reckon(self) -> None:
        """Tell the cost anew in prices of the level, from the index as it is known now."""
        town = self._town()
        population = town.population if town else None
        self.town_kind = town_kind(population, town.type, town.category) if town else None
        if self.total is None and self.upkeep is None:
            figures: dict[str, Any] = dict.fromkeys(FIGURES)
        else:
            money = Spent(self.total, self.cost_extra, self.upkeep, self.beneficiaries, population, self.year_of_money)
            figures = comparable(money, prices(self.session))
        for name, value in figures.items():
            setattr(self, name, value)

    def _town(self) -> Municipality | None:
        known = inspect(self).dict.get("municipality")
        if known is not None and known.id == self.municipality_id:
            return known
        return self.session.get(Municipality, self.municipality_id) if self.municipality_id else None

    def _money_changed(self) -> bool:
        state = inspect(self)
        return any(state.attrs[name].history.has_changes() for name in self.MONEY)
