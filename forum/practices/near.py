"""Lists in the order of likeness to a town: tier by tier, within each the newest first, at the same cost however many there are."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import partial
from itertools import accumulate
from typing import Any

from sqlalchemy import Integer, Select, case, func, literal, or_, select, tuple_, union_all
from sqlalchemy.orm import Bundle, Session

from forum.places.likeness import Tier
from forum.places.models import Municipality
from forum.places.towns import Town
from forum.practices.lists import COUNTED, Narrowed, P, listed, profiled
from forum.practices.models import Practice
from forum.web.paging import Page, cut, skipped, started

# A tier with more practices than this is found by time, passing over the others; one with fewer by its codes, and sorted.
FEW = 2_000
# Where something else narrows the list, one of so many rows is expected to pass.
THINNED = 30
REST = 0  # the tier of all that is less alike, or from nowhere

_place = Municipality.__table__
_tier = literal(REST, Integer).label("tier")
KEYS = (_tier, P.listed_at, P.id)
Place = tuple[str, list[Any]]
Weights = Callable[[], Mapping[str, int]]


def weights(session: Session) -> dict[str, int]:
    """How many listed practices each profile has: a walk over an index, to be remembered. It only steers, and may be old."""
    found = select(P.profile, func.count().label("number")).where(listed(), P.profile.is_not(None)).group_by(P.profile)
    return {row.profile: row.number for row in session.execute(found)}


def page(
    session: Session, narrowed: Narrowed, total: int, town: Town, known: Weights, cursor: str | None, size: int, columns: Any
) -> Page[Any]:
    """One page of rows with these columns (`listed_at` and `id` among them) and `tier`.

    `total` is what `narrowed.count` found, `known` gives `weights`.
    """
    place, skip = started(cursor, KEYS), skipped(cursor, size)
    wanted = size + 1 + skip
    rows: list[Any] = []
    for key, found in _queries(narrowed, total, town, known, place, wanted):
        made = partial(_cards, found, place, columns)
        # The first page, which nearly everybody reads, is built once for all towns that are like the same ones.
        query = narrowed.once((key, wanted, tuple(column.key for column in columns)), made) if place is None else made()
        rows += session.execute(query).scalars()
        if len(rows) >= wanted:
            break
    return cut(rows[skip:wanted], ("tier", "listed_at", "id"), size, place, skip)


def _queries(
    narrowed: Narrowed, total: int, town: Town, known: Weights, place: Place | None, wanted: int
) -> Iterator[tuple[Hashable, Callable[[], Any]]]:
    """What to ask in turn until there is enough, each with what it depends on."""
    if total <= COUNTED:
        yield town.tiers, partial(_sorted, narrowed, town, place, wanted)
        return
    numbers = known()
    for tiers in _in_two(list(_walk(narrowed, town, place)), numbers, wanted * (THINNED if narrowed.passing() else 2)):
        few = tuple(sum(numbers.get(code, 0) for code in tier.codes) <= FEW for tier in tiers)
        yield (town.tiers, tuple(tiers), few), partial(_first_of, narrowed, town, tiers, few, place, wanted)


def _first_of(narrowed: Narrowed, town: Town, tiers: Sequence[Tier], few: Sequence[bool], place: Place | None, wanted: int) -> Any:
    arms = [_arm(narrowed, town, tier, is_few, place, wanted) for tier, is_few in zip(tiers, few, strict=True)]
    # SQLite and PostgreSQL both take the parts in turn and leave off when there is enough: most are never looked at.
    return union_all(*(select(arm.subquery()) for arm in arms)).limit(wanted) if len(arms) > 1 else arms[0]


def _cards(found: Callable[[], Any], place: Place | None, columns: Any) -> Select[Any]:
    """What is found with what cards need, in its order."""
    few = found().subquery()
    order = (few.c.tier, few.c.listed_at, few.c.id)
    return (
        select(Bundle("card", *columns, few.c.tier))
        .join_from(few, Practice.__table__, P.id == few.c.id)
        .outerjoin(_place, _place.c.id == P.municipality_id)
        .order_by(*(column.asc() if _backwards(place) else column.desc() for column in order))
    )


def _in_two(tiers: list[Tier], numbers: Mapping[str, int], enough: int) -> Iterator[list[Tier]]:
    """The first tiers that should be enough by the numbers of practices they have; the others, in case they are not."""
    there = accumulate(sum(numbers.get(code, 0) for code in tier.codes) for tier in tiers)
    first = next((place for place, number in enumerate(there, 1) if number >= enough), len(tiers))
    yield from filter(None, (tiers[:first], tiers[first:]))


def _walk(narrowed: Narrowed, town: Town, place: Place | None) -> Iterator[Tier]:
    """The tiers in the order they are shown, or backwards, from where a page begins; without those that can hold nothing."""
    held = (Tier(value, tuple(code for code in codes if narrowed.could_hold(town.known[code]))) for value, codes in town.tiers)
    every = [*(tier for tier in held if tier.codes), Tier(REST, ())]
    if place is None:
        yield from every
    elif place[0] == "p":
        yield from (tier for tier in reversed(every) if tier.likeness >= place[1][0])
    else:
        yield from (tier for tier in every if tier.likeness <= place[1][0])


def _sorted(narrowed: Narrowed, town: Town, place: Place | None, limit: int) -> Select[Any]:
    """Few practices: all are looked at."""
    own = case(*((_place.c.profile.in_(tier.codes), tier.likeness) for tier in town.tiers), else_=REST).label("tier")
    some = select(P.id, P.listed_at, own).select_from(Practice.__table__)
    some = some.outerjoin(_place, _place.c.id == P.municipality_id).where(listed(), *narrowed.selective())
    return _from_place(some, (own, P.listed_at, P.id), place, limit)


def _arm(narrowed: Narrowed, town: Town, tier: Tier, is_few: bool, place: Place | None, limit: int) -> Select[Any]:
    """The first practices of one tier."""
    some = select(P.id, P.listed_at, literal(tier.likeness, Integer).label("tier")).where(listed())
    if tier.likeness == REST:
        alike = [code for one in town.tiers for code in one.codes]
        others = P.municipality_id.not_in(select(_place.c.id).where(_place.c.profile.in_(alike)))
        some = some.where(or_(P.municipality_id.is_(None), others), *narrowed.in_time())
    elif is_few:
        some = some.where(profiled(tier.codes).leads, *narrowed.passing())
    else:
        some = some.where(profiled(tier.codes).passes, *narrowed.in_time())
    begins_within = place is not None and place[1][0] == tier.likeness
    return _from_place(some, KEYS[1:], (place[0], place[1][1:]) if place and begins_within else _turned(place), limit)


def _turned(place: Place | None) -> Place | None:
    """The direction alone."""
    return (place[0], []) if place is not None else None


def _backwards(place: Place | None) -> bool:
    return place is not None and place[0] == "p"


def _from_place(some: Select[Any], columns: Sequence[Any], place: Place | None, limit: int) -> Select[Any]:
    backwards = _backwards(place)
    some = some.order_by(*(column.asc() if backwards else column.desc() for column in columns)).limit(limit)
    if place is None or not place[1]:
        return some
    row, start = tuple_(*columns), tuple_(*(literal(value, c.type) for value, c in zip(place[1], columns, strict=True)))
    return some.where(row > start if backwards else row < start)
