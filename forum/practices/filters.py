"""The filters of a list of practices, as they stand in an address."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Protocol

from forum.places.bands import POPULATIONS
from forum.places.towns import Town
from forum.practices.models import Status
from forum.practices.reference import Reference

Chosen = tuple[str, ...]

SORTS = ("new", "votes", "discussed", "adopted", "near")
ADOPTED = ("yes",)
CATEGORIES = ("1", "2")
CONFIRMED = ("yes", "no")
MAX_VALUES = 20
SLUG = re.compile(r"[a-z0-9-]{1,80}")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")


class Args(Protocol):
    """What a request's arguments can do."""

    def getlist(self, key: str) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Near:
    """A town to be near to. `said`: how the address names it, where nothing is wanted but what is like it."""

    town: Town
    said: str = ""


@dataclass(frozen=True, slots=True)
class Filters:
    """Values of one filter mean "or", different filters "and". Tags stand by slug; `municipality` only a page of its own sets.

    `near` is for who knows the towns to set; the order `near` needs it.
    """

    nomination: Chosen = ()
    status: Chosen = ()
    region: Chosen = ()
    district: Chosen = ()
    population: Chosen = ()
    category: Chosen = ()
    year: Chosen = ()
    tag: Chosen = ()
    adopted: Chosen = ()
    confirmed: Chosen = ()
    sort: str = SORTS[0]
    municipality: int | None = None
    near: Near | None = None

    def pairs(self) -> list[tuple[str, str]]:
        """What an address must say to get these filters again; the usual order goes without saying."""
        return [*self.chosen(), *([("sort", self.sort)] if self.sort != SORTS[0] else [])]

    def chosen(self) -> Iterator[tuple[str, str]]:
        """Name and value of everything chosen, in the order of the filters."""
        for name in NAMES:
            for value in getattr(self, name):
                yield name, value
        if self.near is not None and self.near.said:
            yield "near", self.near.said


NAMES = tuple(field.name for field in fields(Filters) if field.name not in ("sort", "municipality", "near"))


def parse(args: Args, reference: Reference, tags: Mapping[str, object]) -> Filters:
    """The filters of an address; `tags` has the tags that exist by slug. What nobody knows is left out."""
    districts = {region.district for region in reference.regions.values()}
    known: dict[str, Callable[[str], object]] = {
        "nomination": reference.nominations.__contains__,
        "status": set(Status).__contains__,
        "region": reference.regions.__contains__,
        "district": districts.__contains__,
        "population": POPULATIONS.__contains__,
        "category": CATEGORIES.__contains__,
        "year": YEAR.fullmatch,
        "tag": tags.__contains__,
        "adopted": ADOPTED.__contains__,
        "confirmed": CONFIRMED.__contains__,
    }
    values: dict[str, Any] = {name: _distinct(v for v in args.getlist(name)[:MAX_VALUES] if known[name](v)) for name in NAMES}
    sort = next((value for value in args.getlist("sort") if value in SORTS), SORTS[0])
    return Filters(**values, sort=sort)


def slugs_in(args: Args) -> list[str]:
    """The tags an address asks for, where they could be such."""
    return [slug for slug in args.getlist("tag")[:MAX_VALUES] if SLUG.fullmatch(slug)]


def _distinct(values: Iterator[str]) -> Chosen:
    return tuple(dict.fromkeys(values))
