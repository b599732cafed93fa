"""Practices with what results show of them, read past the unit of work: it takes two thirds of the time that twenty entries need."""

from collections import defaultdict
from collections.abc import Collection
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import FromClause, Row, Select, Table, bindparam, select
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.entries.models import Entry
from forum.entries.models.state import State
from forum.places.models import Municipality, Region
from forum.places.plain import REGION, TOWN, PlainRegion, PlainTown
from forum.practices.models.costed import Costed
from forum.practices.models.worded import Worded
from forum.taxonomy.models import Tag

OWN = (
    "id", "title", "slug", "external_id", "summary", "status", "html", *(f"cost_{source}" for source in Costed.COSTS), "year", "steps",
    "resources", "indicators", "obstacles", "list_adoptions", "open_adoptions", "profile", "stale", "municipality_id", "region",
    "nomination_id",
)  # fmt: skip
ENTRYS = ("kind", "state", "anonymous", "score", "published_at")


class BareTag(NamedTuple):
    """A tag as results need it."""

    slug: str
    name: str


class Bare(Worded, Costed):
    """Has the columns `OWN` and `ENTRYS` of a practice by their names."""

    state: str
    anonymous: bool

    def __init__(self, values: dict[str, Any], author: str, municipality: PlainTown | None, tags: list[BareTag]) -> None:
        self.__dict__.update(values)
        self.author, self.municipality, self.tags = author, municipality, tags

    @property
    def headline(self) -> str:
        """As `Practice.headline`."""
        return str(self.title)

    @property
    def is_published(self) -> bool:
        return bool(self.state == State.PUBLISHED)

    @property
    def signature(self) -> str:
        return "" if self.anonymous else self.author


def read(session: Session, practices: FromClause, tagged: Table, ids: Collection[int]) -> list[Bare]:
    """Those of these ids, in no order, whether guests may read them or not."""
    if not ids:
        return []
    tags = defaultdict(list)
    for row in session.execute(_tags(tagged), {"ids": ids}):
        tags[row.practice_id].append(BareTag(row.slug, row.name))
    return [_bare(row, tags[row[0]]) for row in session.execute(_rows(practices), {"ids": ids})]


@cache
def _rows(practices: FromClause) -> Select[Any]:
    entries, towns, regions = Entry.__table__, Municipality.__table__, Region.__table__
    return (
        select(
            *(practices.c[name] for name in OWN),
            *(entries.c[name] for name in ENTRYS),
            Person.name.label("author"),
            *(towns.c[name].label(f"town_{name}") for name in TOWN),
            *(regions.c[name].label(f"region_{name}") for name in REGION),
        )
        .select_from(
            practices.join(entries, entries.c.id == practices.c.id)
            .join(Person.__table__, Person.id == entries.c.author_id)
            .outerjoin(towns, towns.c.id == practices.c.municipality_id)
            .outerjoin(regions, regions.c.code == towns.c.region_code)
        )
        .where(practices.c.id.in_(bindparam("ids", expanding=True)))
    )


@cache
def _tags(tagged: Table) -> Select[Any]:
    tags = Tag.__table__
    return (
        select(tagged.c.practice_id, tags.c.slug, tags.c.name)
        .join(tags, tags.c.id == tagged.c.tag_id)
        .where(tagged.c.practice_id.in_(bindparam("ids", expanding=True)))
        .order_by(tags.c.name)
    )


def _bare(row: Row[Any], tags: list[BareTag]) -> Bare:
    values = iter(row)
    own = {name: next(values) for name in (*OWN, *ENTRYS)}
    author, town = next(values), [next(values) for _ in TOWN]
    return Bare(own, author, PlainTown._make([*town, PlainRegion._make(values)]) if own["municipality_id"] else None, tags)
