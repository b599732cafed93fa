"""Practices like some practices, as far as their cost is concerned: the newest of the nomination, those of like towns first."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, Select, bindparam, case, exists, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from forum.practices.costs import FIGURES, Peer, Place, circle, place
from forum.practices.lists import P
from forum.practices.models import Practice, practice_tags
from forum.taxonomy.models import PriceYear

# So many of like towns and so many of any are looked at, the newest: enough to tell a place, and the same cost however many there are.
SAMPLE = 100


@dataclass(frozen=True, slots=True)
class Standing:
    """What a practice's figures are, in December prices of the year `level`, and for each that can be compared its step and place."""

    level: int
    figures: dict[str, float | None]
    places: dict[str, tuple[str, Place]]


def standings(session: Session, practices: Sequence[Practice]) -> dict[int, Standing]:
    """By id, of those that say something of their cost; one query for all of them, none where none does (`tags` must be loaded)."""
    asked = [one for one in practices if any(value is not None for value in one.figures.values())]
    if not asked:
        return {}
    level = 0
    found: defaultdict[int, dict[int, Peer]] = defaultdict(dict)
    for of, known, *row in session.execute(_statement(len(asked)), _asked(asked)):
        level = known or level
        if row[0] is not None:
            peer = Peer(row[0], bool(row[1]), bool(row[2]), dict(zip(FIGURES, row[3:], strict=True)))
            found[of][peer.id] = peer
    return {one.id: _standing(one, level, list(found[one.id].values())) for one in asked} if level else {}


def _standing(practice: Practice, level: int, peers: Sequence[Peer]) -> Standing:
    places = {}
    for name, value in practice.figures.items():
        drawn = circle(peers, name) if value is not None else None
        if value is not None and drawn is not None:
            places[name] = drawn[0], place(value, drawn[1])
    return Standing(level, practice.figures, places)


@lru_cache
def _statement(number: int) -> CompoundSelect[Any]:
    """The level, and for each of so many practices the newest of like towns and the newest of any."""
    # Put together once: that takes longer than asking it.
    nothing = (null() for _ in range(3 + len(FIGURES)))
    level = select(literal(0), select(func.max(PriceYear.year)).scalar_subquery(), *nothing)
    return union_all(level, *(_newest(at, towns) for at in range(number) for towns in (True, False)))


def _newest(at: int, towns: bool) -> Select[Any]:
    of: BindParameter[int] = bindparam(f"of_{at}", type_=P.id.type)
    kind: BindParameter[str] = bindparam(f"kind_{at}", type_=P.town_kind.type)
    tags = practice_tags.c.tag_id.in_(bindparam(f"tags_{at}", expanding=True))
    themed, alike = exists().where(practice_tags.c.practice_id == P.id, tags), P.town_kind == kind
    sample = (
        select(P.id, case((themed, 1), else_=0), case((alike, 1), else_=0), *(P[name] for name in FIGURES))
        .where(P.nomination_id == bindparam(f"nomination_{at}", type_=P.nomination_id.type), P.id != of, *([alike] if towns else ()))
        # In these words planners know the partial index.
        .where(P.comparable_cost.is_not(None), P.listed_at.is_not(None))
        .order_by(P.listed_at.desc(), P.id.desc())
        .limit(SAMPLE)
        .subquery()
    )
    return select(of, literal(0), *sample.c)


def _asked(practices: Sequence[Practice]) -> dict[str, Any]:
    """Who has no nomination or no known town finds nobody."""
    values: dict[str, Any] = {}
    for at, one in enumerate(practices):
        values |= {f"of_{at}": one.id, f"kind_{at}": one.town_kind, f"nomination_{at}": one.nomination_id}
        values[f"tags_{at}"] = [tag.id for tag in one.tags]
    return values
