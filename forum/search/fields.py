"""Filters typed into the search box (`регион:Калужская`, `год:2023`, `тег:дворы`): from names as people write them to values."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import String, cast, literal, or_, select, union_all
from sqlalchemy.orm import Session

from forum.places.models import Region
from forum.search.analysis import all_words
from forum.search.query import Field
from forum.taxonomy.models import Nomination, Tag, clean_tag

# The beginnings of words by which a status may be called.
STATUSES = {
    "пилот": "pilot", "внедрен": "implemented", "масштаб": "scaling", "заверш": "finished", "не сработал": "failed", "неудач": "failed",
}  # fmt: skip


def resolve(session: Session, fields: Iterable[Field]) -> dict[str, list[str]]:
    """Values by filter. What nobody knows stays as it was typed: it finds nothing, and the page can name it."""
    typed: dict[str, list[str]] = {}
    for name, value in fields:
        typed.setdefault(name, []).append(value)
    known = _names(session, typed) if typed.keys() & {"region", "nomination", "tag"} else {}
    return {name: list(dict.fromkeys(one for value in values for one in _values(name, value, known))) for name, values in typed.items()}


def unknown(filters: Mapping[str, Sequence[str]], fields: Iterable[Field]) -> list[str]:
    """Of the typed values those that no filter has: to be named on the page."""
    closed = ("region", "nomination", "status")
    return [value for name, value in fields if name in closed and value in filters.get(name, ()) and not _is_code(value)]


def _is_code(value: str) -> bool:
    return value.isascii() and value.isalnum()


def _values(name: str, value: str, known: Mapping[str, Sequence[tuple[str, str]]]) -> list[str]:
    if name == "status":
        wanted = " ".join(all_words(value))
        return [code for start, code in STATUSES.items() if wanted.startswith(start) or start.startswith(wanted)][:1] or [value]
    if name not in known:
        return [value]
    codes = [code for code, _ in known[name] if code.lower() == value.lower()]
    if codes:
        return codes
    return [code for code, words in known[name] if _named(value, words)] or [value]


def _named(value: str, words: str) -> bool:
    """Whether each typed word begins a word of the name: «калуж обл» is «Калужская область»."""
    own = all_words(words)
    wanted = all_words(value)
    return bool(wanted) and all(any(word.startswith(start) for word in own) for start in wanted)


def _names(session: Session, typed: Mapping[str, Sequence[str]]) -> dict[str, list[tuple[str, str]]]:
    """Codes with the names they go by, of the filters that were typed."""
    tags = [clean_tag(value) for value in typed.get("tag", ())]
    rows = session.execute(
        union_all(
            select(literal("region"), Region.code, Region.name + literal(" ") + Region.name_en),
            select(literal("nomination"), cast(Nomination.id, String), Nomination.title + literal(" ") + Nomination.short),
            select(literal("tag"), Tag.slug, Tag.name).where(or_(Tag.name.in_(tags), Tag.slug.in_(tags))),
        )
    )
    names: dict[str, list[tuple[str, str]]] = {"region": [], "nomination": [], "tag": []}
    for name, code, words in rows:
        names[name].append((code, words))
    return names
