"""Lists of practices: what guests may read, narrowed, counted and ordered by columns of one table.

Lists show everybody the same, so they read columns of `practices` (and the municipality's name), never whole entries:
it is the join with `entries` and the loading of cards that cost.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, exists, false, func, or_, select, true
from sqlalchemy.orm import Bundle, Session

from forum.places.bands import POPULATIONS, band
from forum.places.likeness import BANDS, Profile
from forum.places.models import Municipality
from forum.practices.filters import Filters
from forum.practices.models import Practice, practice_tags
from forum.practices.models.owned import SINKS
from forum.practices.reference import Reference
from forum.taxonomy.models import Tag
from forum.web.paging import Page, cut, paginate

# The table, not the class: a class of an inheritance drags `entries` into every query.
P = Practice.__table__.c
PAGE_SIZE = 20
# Counting stops here: «больше 1000» says as much to a reader.
COUNTED = 1000
ORDERS: dict[str, tuple[Any, ...]] = {
    "new": (P.listed_at, P.id),
    "votes": (P.list_score, P.id),
    "discussed": (P.list_comments, P.id),
    "adopted": (P.list_adoptions, P.id),
}

STATEMENTS = 16  # kept of one choice of filters

_place = Municipality.__table__
CARD_COLUMNS: tuple[Any, ...] = (
    *(P[name] for name in ("id", "title", "slug", "summary", "status", "region", "nomination_id", "listed_at", "stale")),
    *(P[name] for name in ("list_score", "list_comments", "list_adoptions", "open_adoptions")),
    *(P[f"cost_{source}"] for source in Practice.COSTS),
    _place.c.id.label("place_id"),
    _place.c.name.label("place"),
    _place.c.name_en.label("place_en"),
    _place.c.population.label("population"),
    _place.c.profile.label("profile"),
)
CARD: Bundle[Any] = Bundle("card", *CARD_COLUMNS)


def listed() -> ColumnElement[bool]:
    """What guests may read, by the table of lists alone: the same as `visible_to(GUEST)` for practices."""
    return P.listed_at.is_not(None)


def appeared(row: Any) -> datetime:
    """When it was published, from its place in the lists."""
    at: datetime = row.listed_at
    return at + SINKS if row.stale else at


def measured() -> ColumnElement[bool]:
    """That the card says in figures what has changed."""
    return cast(P.indicators, Text).not_in(("[]", "null"))


def tags_by_slug(session: Session, slugs: Sequence[str]) -> dict[str, Any]:
    """Those of the tags that exist: rows of id, slug and name."""
    found = session.execute(select(Tag.id, Tag.slug, Tag.name).where(Tag.slug.in_(slugs))) if slugs else ()
    return {tag.slug: tag for tag in found}


def rows(conditions: Sequence[ColumnElement[bool]] = ()) -> Select[Any]:
    """Rows for cards of the listed practices that meet the conditions."""
    return select(CARD).select_from(Practice.__table__).outerjoin(_place, _place.c.id == P.municipality_id).where(listed(), *conditions)


@dataclass(frozen=True, slots=True)
class Term:
    """One condition in two shapes: `leads` can be looked up in an index, `passes` is only checked on rows that come along.

    `ordered`: the index that leads holds the rows in the order of `new`.
    """

    leads: ColumnElement[bool]
    passes: ColumnElement[bool]
    ordered: bool = False
    is_tag: bool = False


class Narrowed:
    """The listed practices that filters leave.

    Planners without statistics guess badly here, so we say which condition leads: for few results the most selective one
    (they are sorted afterwards), for many the order's own index, so that a page is found without sorting.
    """

    def __init__(self, filters: Filters, codes: tuple[str, ...], tags: tuple[int, ...], like: tuple[str, ...] | None) -> None:
        self._filters = filters
        self._regions = set(codes) if filters.region or filters.district else None
        self._tags = tags
        self._terms = list(_terms(filters, codes, tags, like))
        self._made: dict[Hashable, Select[Any]] = {}

    def once(self, key: Hashable, make: Callable[[], Select[Any]]) -> Select[Any]:
        """A statement of these filters, built once: building it takes longer than asking it."""
        if key not in self._made:
            if len(self._made) >= STATEMENTS:
                self._made.clear()
            self._made[key] = make()
        return self._made[key]

    def count(self, session: Session) -> int:
        """How many there are; COUNTED + 1 stands for more."""
        return session.connection().execute(self._counting).scalar() or 0

    @cached_property
    def _counting(self) -> Select[int]:
        some = select(P.id).where(listed(), *self._most_selective_leads())
        if len(self._tags) == 1 and self._terms[0].is_tag:
            # Joined, a theme gives its practices one by one until there are enough; `IN` would collect them all first.
            others = [term.passes for term in self._terms[1:]]
            some = select(P.id).join(practice_tags, practice_tags.c.practice_id == P.id)
            some = some.where(practice_tags.c.tag_id == self._tags[0], listed(), *others)
        return select(func.count()).select_from(some.limit(COUNTED + 1).subquery())

    def rows(self, total: int) -> Select[Any]:
        """Rows for cards, to be put in order; `total` is what `count` found."""
        return rows(self._most_selective_leads() if total <= COUNTED else self._order_leads())

    def page(self, session: Session, total: int, cursor: str | None) -> Page[Any]:
        """One page of these rows in the order of the filters; the first is what nearly everybody reads."""
        columns, few = ORDERS[self._filters.sort], total <= COUNTED
        if cursor:
            return paginate(session, self.rows(total), columns, cursor, PAGE_SIZE)
        order = [column.desc() for column in columns]
        first = self.once(few, lambda: self.rows(total).order_by(*order).limit(PAGE_SIZE + 1))
        return cut(list(session.execute(first).scalars()), [column.key for column in columns], PAGE_SIZE, None)

    def could_hold(self, profile: Profile) -> bool:
        """Whether the filters of places leave anything from municipalities of this profile."""
        if self._regions is not None and profile.region not in self._regions:
            return False
        bands = {band(BANDS[profile.band], POPULATIONS)} if profile.band is not None else set()
        return not self._filters.population or not bands.isdisjoint(self._filters.population)

    def selective(self) -> list[ColumnElement[bool]]:
        """The conditions, for few results that are sorted afterwards."""
        return self._most_selective_leads()

    def passing(self) -> list[ColumnElement[bool]]:
        """The conditions, for rows that something else leads to."""
        return [term.passes for term in self._terms]

    def in_time(self) -> list[ColumnElement[bool]]:
        """The conditions, for rows that come by an index in the order of time."""
        return [term.leads if term.ordered else term.passes for term in self._terms]

    def _most_selective_leads(self) -> list[ColumnElement[bool]]:
        return [term.passes if index else term.leads for index, term in enumerate(self._terms)]

    def _order_leads(self) -> list[ColumnElement[bool]]:
        return self.in_time() if self._filters.sort == "new" else self.passing()


def narrowed(filters: Filters, reference: Reference, tags: dict[str, Any]) -> Narrowed:
    """The listed practices that filters leave; `tags` has those of the filters by slug."""
    codes = tuple(_codes(filters, reference)) if filters.region or filters.district else ()
    like = filters.near.town.like if filters.near is not None and filters.near.said else None
    # By all that the conditions are made of, and not by a town: what is like it changes.
    return _narrowed(replace(filters, near=None), codes, tuple(tags[slug].id for slug in filters.tag), like)


_narrowed = lru_cache(64)(Narrowed)


def _terms(filters: Filters, codes: Sequence[str], tags: Sequence[int], like: Sequence[str] | None) -> Iterator[Term]:
    """The conditions, the most selective kind first."""
    if filters.municipality is not None:
        yield among(P.municipality_id, [filters.municipality])
    if filters.region or filters.district:
        yield among(P.region, codes)
    if tags:
        yield tagged(tags)
    if like is not None:
        yield profiled(like)
    for column, chosen, kind in ((P.year, filters.year, int), (P.status, filters.status, str), (P.nomination_id, filters.nomination, int)):
        if chosen:
            yield among(column, [kind(value) for value in chosen])
    if filters.adopted:
        adopted = P.list_adoptions > 0
        yield Term(adopted, adopted.is_(true()))
    if len(filters.confirmed) == 1:
        yield among(P.stale, [filters.confirmed[0] == "no"])
    if filters.population:
        yield _of_places(or_(*map(_inhabited, filters.population)))
    if filters.category:
        yield _of_places(_place.c.category.in_([int(value) for value in filters.category]))


def among(column: Any, values: Sequence[Any]) -> Term:
    """That a column has one of the values."""
    if not values:
        return Term(false(), false())
    found = column == values[0] if len(values) == 1 else column.in_(values)
    # `IS TRUE` means the same and keeps the planner from looking it up.
    return Term(found, found.is_(true()), ordered=len(values) == 1)


def tagged(tags: Sequence[int]) -> Term:
    """That a practice has one of the themes, by their ids."""
    theirs = practice_tags.c.tag_id.in_(tags)
    return Term(
        P.id.in_(select(practice_tags.c.practice_id).where(theirs)),
        exists().where(practice_tags.c.practice_id == P.id, theirs).is_(true()),
        is_tag=True,
    )


def profiled(codes: Sequence[str]) -> Term:
    """That a practice comes from a municipality of one of these profiles."""
    # The indexes of other orders have the municipality, not its profile.
    return Term(P.profile.in_(codes), P.municipality_id.in_(select(_place.c.id).where(_place.c.profile.in_(codes))).is_(true()))


def _of_places(condition: ColumnElement[bool]) -> Term:
    places = P.municipality_id.in_(select(_place.c.id).where(condition))
    return Term(places, places.is_(true()))


def _inhabited(key: str) -> ColumnElement[bool]:
    least, below = POPULATIONS[key]
    population = _place.c.population
    return population >= least if below is None else population.between(least, below - 1)


def _codes(filters: Filters, reference: Reference) -> list[str]:
    of_districts = [code for district in filters.district for code in reference.of_district(district)]
    if not filters.region or not filters.district:
        return list(filters.region) or of_districts
    return [code for code in filters.region if code in of_districts]


def of_places(ids: Sequence[int], limit: int) -> Select[Any]:
    """The newest practices of some municipalities: rows of id, slug, title and municipality_id."""
    columns: tuple[Any, ...] = (P.id, P.slug, P.title, P.municipality_id)
    return select(*columns).where(P.municipality_id.in_(ids), listed()).order_by(P.listed_at.desc(), P.id.desc()).limit(limit)
