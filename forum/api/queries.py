"""What the API reads, with what each answer needs loaded."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Bundle, Session, joinedload, selectinload

from forum.accounts.models import Person
from forum.comments.models import Comment
from forum.core.actor import Actor
from forum.entries.models import Entry, State
from forum.entries.policy import visible_to
from forum.places.models import Municipality
from forum.practices import lists, near
from forum.practices.costs import FIGURES
from forum.practices.filters import Filters
from forum.practices.models import Practice
from forum.practices.reference import Reference
from forum.taxonomy.models import PriceYear
from forum.web.paging import Page, paginate

_NAMES = (
    "id", "external_id", "title", "slug", "summary", "status", "region", "nomination_id", "started", "finished",
    "listed_at", "list_score", "list_comments", "list_adoptions", "open_adoptions", "stale", "confirmed_at",
)  # fmt: skip
P = Practice.__table__.c
_place = Municipality.__table__
_COLUMNS: tuple[Any, ...] = (
    *(P[name] for name in _NAMES),
    *(P[f"cost_{source}"] for source in Practice.COSTS),
    *(P[name] for name in FIGURES),
    select(func.max(PriceYear.year)).scalar_subquery().label("price_level"),
    _place.c.name.label("place"),
    _place.c.population.label("population"),
)
ITEM: Bundle[Any] = Bundle("item", *_COLUMNS)


def items(session: Session, filters: Filters, reference: Reference, weights: near.Weights, cursor: str | None, limit: int) -> Page[Any]:
    """A page of rows of the list; none where the filters name only tags that nobody has used. `weights` as in `practices.near`."""
    tags = lists.tags_by_slug(session, filters.tag)
    if filters.tag and not tags:
        return Page([], None, None)
    narrowed = lists.narrowed(replace(filters, tag=tuple(tags)), reference, tags)
    total = narrowed.count(session)
    if filters.sort == "near" and filters.near is not None:
        return near.page(session, narrowed, total, filters.near.town, weights, cursor, limit, _COLUMNS)
    return paginate(session, narrowed.rows(total).with_only_columns(ITEM), lists.ORDERS[filters.sort], cursor, limit)


def practice(id: int, actor: Actor) -> Select[Practice]:
    """A practice the actor may read, as the whole card needs it."""
    return (
        select(Practice)
        .where(Practice.id == id, visible_to(actor))
        .options(
            joinedload(Practice.author).load_only(Person.name, Person.handle),
            joinedload(Practice.municipality).joinedload(Municipality.region),
            selectinload(Practice.tags),
        )
    )


def for_writing(id: int, actor: Actor) -> Select[Practice]:
    """The same, held against other writers until the transaction ends."""
    return practice(id, actor).with_for_update(of=Entry)


def donor(id: int, actor: Actor) -> Select[int, str | None]:
    """The id and the external id of a practice, where the actor may read it."""
    return select(Practice.id, Practice.external_id).where(Practice.id == id, visible_to(actor))


def comments(root_id: int, actor: Actor) -> Select[Comment]:
    """The comments on an entry that the actor may read, with authors."""
    author = joinedload(Comment.author).load_only(Person.name, Person.handle)
    return select(Comment).where(Comment.on_id == root_id, visible_to(actor), Comment.state != State.WITHDRAWN).options(author)
