"""Practices like some practices, as far as their cost is concerned: the newest of the nomination, those of like towns first."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, exists, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from forum.practices.costs import FIGURES, Peer, Place, circle, place
from forum.practices.lists import P
from forum.practices.models import Practice, practice_tags
from forum.taxonomy.models import PriceYear

# So many of like towns and so many of any are looked at, the newest: enough to tell a place, and the same cost however many there are.
SAMPLE = 200


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
    for of, known, *row in session.execute(union_all(*_statements(asked))):
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


def _statements(practices: Iterable[Practice]) -> Iterator[Select[Any]]:
    nothing = (null() for _ in range(3 + len(FIGURES)))
    yield select(literal(0), select(func.max(PriceYear.year)).scalar_subquery(), *nothing)
    for practice in practices:
        if practice.nomination_id is not None:
            if practice.town_kind is not None:
                yield _newest(practice, P.town_kind == practice.town_kind)
            yield _newest(practice)


def _newest(practice: Practice, *more: Any) -> Select[Any]:
    tags = [tag.id for tag in practice.tags]
    themed = exists().where(practice_tags.c.practice_id == P.id, practice_tags.c.tag_id.in_(tags)) if tags else literal(0)
    alike = case((P.town_kind == practice.town_kind, 1), else_=0)
    sample = (
        select(P.id, case((themed, 1), else_=0) if tags else literal(0), alike, *(P[name] for name in FIGURES))
        .where(
            P.nomination_id == practice.nomination_id, P.comparable_cost.is_not(None), P.listed_at.is_not(None), P.id != practice.id, *more
        )
        .order_by(P.listed_at.desc(), P.id.desc())
        .limit(SAMPLE)
        .subquery()
    )
    return select(literal(practice.id), literal(0), *sample.c)
