"""Lists of requests that guests may read, by columns of one table and the names of places."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, select
from sqlalchemy.orm import Bundle

from forum.places.models import Municipality
from forum.solution_requests.models import Outcome, SolutionRequest, request_tags

R: Any = SolutionRequest.__table__.c
_place = Municipality.__table__
PAGE_SIZE = 20
EXPORTED = 5_000
ORDERS: dict[str, tuple[Any, ...]] = {"new": (R.listed_at, R.id), "wanted": (R.list_wanted, R.id)}
SHOWS = ("", "open", "unanswered", "solved")

_NAMES = (
    "id", "title", "slug", "outcome", "until", "closed_on", "needed_by", "most_cost", "region", "nomination_id", "listed_at", "list_wanted",
    "offers_count", "practice_id",
)  # fmt: skip
_COLUMNS = (
    *(R[name] for name in _NAMES),
    # As text: rows of pages are told apart by their values, and no dictionary can be.
    cast(R.html, Text).label("html"),
    _place.c.name.label("place"),
    _place.c.name_en.label("place_en"),
    _place.c.population.label("population"),
)
LINE: Bundle[Any] = Bundle("line", *_COLUMNS)
WHOLE: Bundle[Any] = Bundle("whole", *_COLUMNS, *(R[name] for name in SolutionRequest.MARKDOWN))


@dataclass(frozen=True, slots=True)
class Chosen:
    """What narrows a list: values of one filter are alternatives; `tags` are ids."""

    show: str = ""
    region: tuple[str, ...] = ()
    nomination: tuple[int, ...] = ()
    tags: tuple[int, ...] | None = None
    sort: str = "new"


def rows(chosen: Chosen = Chosen(), columns: Bundle[Any] = LINE) -> Select[Any]:
    """Rows, to be put into one of ORDERS."""
    joined = SolutionRequest.__table__.join(_place, _place.c.id == R.municipality_id)
    return select(columns).select_from(joined).where(R.listed_at.is_not(None), *_terms(chosen))


def _terms(chosen: Chosen) -> Iterator[ColumnElement[bool]]:
    if chosen.show == "open":
        yield R.outcome == Outcome.OPEN
    elif chosen.show == "unanswered":
        yield R.unanswered.is_(True)
    elif chosen.show == "solved":
        yield R.outcome.in_([Outcome.ADOPTED, Outcome.HELPED])
    if chosen.region:
        yield R.region.in_(chosen.region)
    if chosen.nomination:
        yield R.nomination_id.in_(chosen.nomination)
    if chosen.tags is not None:
        yield R.id.in_(select(request_tags.c.request_id).where(request_tags.c.tag_id.in_(chosen.tags)))


def newest(limit: int, show: str = "open") -> Select[Any]:
    """The last of them: for a block on another page, for a feed."""
    return rows(Chosen(show)).order_by(*(column.desc() for column in ORDERS["new"])).limit(limit)


def of_author(person_id: int) -> Select[SolutionRequest]:
    """A person's own, in any state but that of being gone, the last first."""
    return (
        select(SolutionRequest)
        .where(SolutionRequest.author_id == person_id, SolutionRequest.state != "gone")
        .order_by(SolutionRequest.id.desc())
        .limit(PAGE_SIZE)
    )
