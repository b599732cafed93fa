"""Filters typed into the search box (`регион:Калужская`, `год:2023`, `тег:дворы`): from names as people write them to values."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Any

from sqlalchemy import String, cast, literal, or_, select, union_all
from sqlalchemy.orm import Session

from forum.places.models import Region
from forum.search import layout
from forum.search.analysis import all_words, part_of_name
from forum.search.query import Field
from forum.taxonomy.models import Nomination, Tag, clean_tag

# The beginnings of words by which a status may be called.
STATUSES = {
    "пилот": "pilot", "внедрен": "implemented", "масштаб": "scaling", "заверш": "finished", "не сработал": "failed", "неудач": "failed",
}  # fmt: skip

NOMINATION = (Nomination.title, Nomination.short, Nomination.title_en, Nomination.short_en)
NAMED = ("region", "nomination", "tag")  # filters whose values have names in the database
# What values look like in an address; anything else is nobody's.
SHAPES = {
    "region": re.compile(r"[0-9]{2}"), "nomination": re.compile(r"[0-9]{1,6}"), "year": re.compile(r"(?:19|20)[0-9]{2}"),
    "tag": re.compile(r"[a-z0-9-]{1,80}"), "obstacle": re.compile(r"[a-z0-9-]{1,40}"),
}  # fmt: skip
_YEARS = re.compile(r"((?:19|20)[0-9]{2}) ?[-–—] ?((?:19|20)[0-9]{2})")  # «год:2022–2024»
MOST_YEARS = 30

Meant = Iterable[tuple[Field, Sequence[str]]]  # typed filters with the values they mean


def each(session: Session, fields: Iterable[Field]) -> list[tuple[Field, list[str]]]:
    """Every typed filter with the values it means. What nobody knows stays as it was typed: it finds nothing, and the page can name it."""
    typed = list(fields)
    known = _names(session, typed) if any(name in NAMED for name, _ in typed) else {}
    return [((name, value), _values(name, value, known)) for name, value in typed]


def together(resolved: Meant) -> dict[str, list[str]]:
    """The values by filter, each once."""
    values: dict[str, dict[str, None]] = {}
    for (name, _), some in resolved:
        values.setdefault(name, {}).update(dict.fromkeys(some))
    return {name: list(some) for name, some in values.items()}


def resolve(session: Session, fields: Iterable[Field]) -> dict[str, list[str]]:
    """Values by filter, of all that was typed."""
    return together(each(session, fields))


def unknown(filters: Mapping[str, Sequence[str]], fields: Iterable[Field]) -> list[str]:
    """Of the typed values those that no filter has: to be named on the page."""
    return [value for name, value in fields if value in filters.get(name, ()) and not _could_be(name, value)]


def _could_be(name: str, value: str) -> bool:
    if name == "status":
        return value in STATUSES.values()
    shape = SHAPES.get(name)
    return shape is None or shape.fullmatch(value) is not None


def _values(name: str, value: str, known: Mapping[str, Sequence[tuple[str, str]]]) -> list[str]:
    """What a value means as it stands, else by the keys of the other layout."""
    if name == "author":
        return [_author(value)]
    if name == "year" and (span := _YEARS.fullmatch(value)):
        return [str(year) for year in range(int(span[1]), int(span[2]) + 1)][:MOST_YEARS] or [value]
    return _known(name, value, known) or _known(name, layout.other(value), known) or [value]


def _known(name: str, value: str, known: Mapping[str, Sequence[tuple[str, str]]]) -> list[str]:
    if name == "status":
        wanted = " ".join(all_words(value))
        meant = (code for start, code in STATUSES.items() if wanted and (wanted.startswith(start) or start.startswith(wanted)))
        return list(itertools.islice(meant, 1))
    codes = [code for code, _ in known.get(name, ()) if code.lower() == value.lower()]
    by_name = codes or [code for code, words in known.get(name, ()) if _named(value, words)]
    # «регион:Калуга» is the region of that capital.
    return by_name or [code for code, words in known.get("capital", ()) if name == "region" and _named(value, words)]


def _author(value: str) -> str:
    """Authors nobody lists here: their names are mended where the other layout makes names of what are none."""
    other = layout.other(value)
    return other if any(map(part_of_name, all_words(other))) else value


def _named(value: str, words: str) -> bool:
    """Whether each typed word begins a word of the name: «калуж обл» is «Калужская область»."""
    own = all_words(words)
    wanted = all_words(value)
    return bool(wanted) and all(any(word.startswith(start) for word in own) for start in wanted)


def _names(session: Session, typed: Iterable[Field]) -> dict[str, list[tuple[str, str]]]:
    """Codes with the names they go by; of the tags those that were typed."""
    tags = [clean_tag(meant) for name, value in typed if name == "tag" for meant in (value, layout.other(value))]
    rows = session.execute(
        union_all(
            select(literal("region"), Region.code, _joined(Region.name, Region.name_en)),
            select(literal("capital"), Region.code, Region.capital),
            select(literal("nomination"), cast(Nomination.id, String), _joined(*NOMINATION)),
            select(literal("tag"), Tag.slug, Tag.name).where(or_(Tag.name.in_(tags), Tag.slug.in_(tags))),
        )
    )
    names: dict[str, list[tuple[str, str]]] = {}
    for name, code, words in rows:
        names.setdefault(name, []).append((code, words))
    return names


def _joined(*columns: Any) -> Any:
    return reduce(lambda one, other: one + literal(" ") + other, columns)
