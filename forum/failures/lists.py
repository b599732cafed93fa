"""Practices that did not work and adoptions that were refused, in one list: what guests may read of them, by two partial indexes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer as Whole
from sqlalchemy import Select, String, Text, cast, func, literal, literal_column, or_, select, type_coerce, union_all
from sqlalchemy.orm import Bundle, Session

from forum.adoptions import lists as adoptions
from forum.adoptions.lists import A
from forum.places.models import Municipality
from forum.places.towns import Town
from forum.practices.lists import CARD_COLUMNS, P, listed
from forum.practices.lists import rows as practices
from forum.taxonomy.models import Obstacle
from forum.web.paging import Page, paginate_merged

SIZE = 20
PRACTICE, REFUSAL = 0, 1  # what an item is
MAX_VALUES = 20
# Written out: a planner takes a partial index only for a condition that it can read.
FAILED = (P.status == "failed", P.listed_at.is_not(None))
# `IS TRUE` keeps the planner from the index of statuses, whose rows do not say which obstacles were met.
OBSTRUCTED = (P.obstacles != literal_column("''"), P.listed_at.is_not(None), (P.status == "failed").is_(True))
REFUSED = (A.stage == literal_column("'refused'"), A.listed_at.is_not(None))
_CODES = type_coerce(P.obstacles, String)
_ROW: Bundle[Any] = Bundle("row", *CARD_COLUMNS, _CODES.label("codes"), cast(P.html, Text).label("html"))

Chosen = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for: values of one filter mean "or", different filters "and"; obstacles by code.

    `near` names a town as an address does, `like` are profiles of the towns like it.
    """

    obstacle: Chosen = ()
    region: Chosen = ()
    nomination: Chosen = ()
    near: str = ""
    like: Chosen = ()

    @property
    def narrows(self) -> bool:
        """Whether anything but obstacles is chosen."""
        return bool(self.region or self.nomination or self.like)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Name and value of everything chosen."""
        for name in NAMES:
            yield from ((name, value) for value in getattr(self, name))
        if self.near:
            yield "near", self.near


NAMES = ("obstacle", "region", "nomination")


def parse(args: Any, known: Mapping[str, Mapping[str, Any]], near: str = "", town: Town | None = None) -> Wish:
    """The wish of an address; `known` has by filter what there is. What nobody knows is left out."""
    values = {name: [value for value in args.getlist(name)[:MAX_VALUES] if value in known[name]] for name in NAMES}
    chosen = {name: tuple(dict.fromkeys(some)) for name, some in values.items()}
    return Wish(**chosen, near=near if town else "", like=tuple(town.like) if town else ())


def page(session: Session, wish: Wish, ids: Mapping[str, int], cursor: str | None, size: int = SIZE) -> Page[Any]:
    """One page of items (at, id, what), the newest first; `ids` are those of obstacles by code."""
    shapes = (_failed(wish), _refused(wish, ids))
    return paginate_merged(session, shapes, cursor, size)


def _failed(wish: Wish) -> Select[Any]:
    columns = (P.listed_at.label("at"), P.id.label("id"), literal(PRACTICE, Whole).label("what"))
    met = [or_(*(_CODES.contains(f" {code} ", autoescape=True) for code in wish.obstacle))] if wish.obstacle else []
    return select(*columns).where(*(OBSTRUCTED if met else FAILED), *_within(wish, P), *_like(wish, P.profile), *met)


def _refused(wish: Wish, ids: Mapping[str, int]) -> Select[Any]:
    columns = (A.listed_at.label("at"), A.id.label("id"), literal(REFUSAL, Whole).label("what"))
    met = [A.obstacle_id.in_([ids[code] for code in wish.obstacle])] if wish.obstacle else []
    return select(*columns).where(*REFUSED, *_within(wish, A), *_of_towns(wish), *met)


def _within(wish: Wish, table: Any) -> list[Any]:
    chosen = ((table.region, wish.region), (table.nomination_id, list(map(int, wish.nomination))))
    # `IS TRUE` keeps the planner with the index that holds the order.
    return [column.in_(values).is_(True) for column, values in chosen if values]


def _like(wish: Wish, profile: Any) -> list[Any]:
    return [profile.in_(wish.like).is_(True)] if wish.near else []


def _of_towns(wish: Wish) -> list[Any]:
    place = Municipality.__table__.c
    return [A.municipality_id.in_(select(place.id).where(*_like(wish, place.profile))).is_(True)] if wish.near else []


def numbers(session: Session, wish: Wish | None = None) -> Counter[str]:
    """How many practices and refusals met each obstacle, by its code, where the wish's other filters hold.

    Two walks over small indexes that hold all that is asked.
    """
    wish = wish or Wish()
    failed = (*OBSTRUCTED, *_within(wish, P), *_like(wish, P.profile))
    refused = (*REFUSED, *_within(wish, A), *_of_towns(wish))
    obstacle = func.coalesce(A.obstacle_id, literal_column("0"))  # by the bare column it would walk through all adoptions
    counted = select(obstacle.label("obstacle_id"), func.count().label("number")).where(*refused).group_by(obstacle).subquery()
    parts = (
        select(_CODES, func.count()).where(*failed).group_by(P.obstacles),
        select(Obstacle.code, counted.c.number).join(counted, counted.c.obstacle_id == Obstacle.id),
    )
    met: Counter[str] = Counter()
    for codes, number in session.execute(union_all(*parts)):
        met.update(dict.fromkeys((codes or "").split(), number))
    return met


def of_practices(session: Session, ids: Sequence[int]) -> dict[int, Any]:
    """What the list shows of these practices: rows of cards with codes of obstacles and what would have helped."""
    query = practices([P.id.in_(ids), listed()]).with_only_columns(_ROW)
    return {row.id: row for row in session.execute(query).scalars()} if ids else {}


def of_refusals(session: Session, ids: Sequence[int]) -> dict[int, Any]:
    """The same of refusals: rows of `adoptions.lists.lines`."""
    return {row.id: row for row in session.execute(adoptions.lines().where(A.id.in_(ids))).scalars()} if ids else {}
