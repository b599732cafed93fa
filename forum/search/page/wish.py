"""What the address of the results page asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from forum.places.reader import MINE
from forum.places.towns import Town
from forum.search.fields import SHAPES
from forum.search.labels import FIXED, TITLES
from forum.search.port import SORTS, Query, Sort
from forum.search.query import Asked, clean, parse

PER_PAGE = 20
LAST_PAGE = 50
MOST_VALUES = 20  # of one filter in the address


@dataclass(frozen=True, slots=True)
class Wish:
    """The question with the filters, the order and the page that the address says.

    `near`: the town it names, to find only what is like it; `town`: whose likeness narrows or orders, where it is known.
    """

    text: str
    asked: Asked
    chosen: Mapping[str, Sequence[str]]
    sort: Sort
    page: int
    near: str = ""
    town: Town | None = None

    @property
    def wants_town(self) -> bool:
        """Whether something was asked that needs a town."""
        return bool(self.near) or self.sort == "near"

    @property
    def empty(self) -> bool:
        return not self.text and not any(self.chosen.values()) and not self.wants_town

    @property
    def query(self) -> Query:
        filters = {name: values for name, values in self.chosen.items() if name != "kind"}
        query = Query(self.text, self.chosen["kind"], filters, self.sort, PER_PAGE, (self.page - 1) * PER_PAGE)
        return near_to(query, self.town, only=bool(self.near)) if self.town else query


def near_to(query: Query, town: Town, only: bool) -> Query:
    """The question with all it takes to go by likeness to a town; `only`: what is like it alone is found."""
    filters = {**query.filters, "profile": town.like} if only else query.filters
    return replace(query, filters=filters, near=[tier.codes for tier in town.tiers])


def wish(args: MultiDict[str, str]) -> Wish:
    """Read the address; values that mean nothing are left out."""
    chosen = {name: [value for value in dict.fromkeys(args.getlist(name)) if _could_be(name, value)][:MOST_VALUES] for name in TITLES}
    sort: Sort = next((name for name in SORTS if name == args.get("sort")), "fit")
    page = args.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 1
    near = args.get("near", "")
    said = near if near == MINE or (near.isascii() and near.isdecimal() and len(near) < 10) else ""
    return Wish(clean(args.get("q", "")), parse(args.get("q", "")), chosen, sort, min(max(number, 1), LAST_PAGE), said)


def _could_be(name: str, value: str) -> bool:
    return value in FIXED[name] if name in FIXED else SHAPES[name].fullmatch(value) is not None
