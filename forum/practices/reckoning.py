"""All comparable costs anew: when the index of prices or the towns' populations have changed. Saving a practice reckons its own."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, Table, bindparam, select, update
from sqlalchemy.orm import Session

from forum.core import stamps
from forum.places.models import Municipality
from forum.practices.costs import FIGURES, Spent, comparable, town_kind
from forum.practices.models import Practice
from forum.taxonomy.models import prices
from forum.taxonomy.prices import Prices

BATCH = 2_000
KEPT = (*FIGURES, "town_kind")

_table: Table = Practice.__table__  # type: ignore[assignment]
_sources = [_table.c[f"cost_{source}"] for source in Practice.COSTS]
_town = Municipality.__table__.c
_UPDATE = update(_table).where(_table.c.id == bindparam("of")).values({name: bindparam(f"new_{name}") for name in KEPT})


def reckon_all(session: Session) -> Iterator[int]:
    """Yields, after each batch, how many of it had another cost; the caller commits in between."""
    index, last = prices(session), 0
    while rows := session.execute(_after(last)).all():
        last = rows[-1].id
        new = [(row._mapping, reckoned(row._mapping, index)) for row in rows]
        changed = [_renamed(card["id"], values) for card, values in new if any(values[name] != card[name] for name in KEPT)]
        if changed:
            session.connection().execute(_UPDATE, changed)
            stamps.mark(session)
        yield len(changed)


def reckoned(card: Any, index: Prices) -> dict[str, Any]:
    """What the columns of a card should say, by its other columns and its town's `population`, `type` and `category`."""
    costs = [card[f"cost_{source}"] for source in Practice.COSTS]
    known = [cost for cost in costs if cost is not None]
    total = sum(known) if known else None
    spent = Spent(total, card["cost_extra"], card["upkeep"], card["beneficiaries"], card["population"], card["year"])
    return comparable(spent, index) | {"town_kind": town_kind(card["population"], card["type"], card["category"])}


def _renamed(id: int, values: dict[str, Any]) -> dict[str, Any]:
    """As the statement takes them: a parameter may not bear the name of a column that it sets."""
    return {"of": id} | {f"new_{name}": value for name, value in values.items()}


def _after(last: int) -> Select[Any]:
    of_card = ("id", "upkeep", "beneficiaries", "year", *KEPT)
    return (
        select(*(_table.c[name] for name in of_card), *_sources, _town.population, _town.type, _town.category)
        .select_from(_table)
        .outerjoin(Municipality.__table__, _town.id == _table.c.municipality_id)
        .where(_table.c.id > last)
        .order_by(_table.c.id)
        .limit(BATCH)
    )
