"""One row of a file, or one object of the API, to a card: shape only, nothing is looked up."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from forum.core.errors import Refused
from forum.practices.importing.values import (
    MAX_PEOPLE,
    MAX_ROUBLES,
    Reader,
    day,
    figure,
    line,
    month,
    one_of,
    region,
    text,
    whole,
    yes_or_no,
)
from forum.practices.models import Indicator, Practice, Resource, Status, Step

MAX_ROWS = 100
MAX_TAGS, MAX_OBSTACLES = 20, 20
NEEDED = ("external_id", "title", "summary")


@dataclass(frozen=True, slots=True)
class Card:
    """What a row says: by field, only what it mentions; None (or an empty list) where it empties the field."""

    external_id: str | None
    values: dict[str, Any]
    unknown: frozenset[str] = field(default_factory=frozenset)


def _rows(of: type[Any], needed: Collection[str], /, **columns: Reader) -> Reader:
    """A list of objects with these columns; rows in which nothing is filled are passed over."""

    def read(value: Any, name: str) -> list[Any]:
        result = []
        for number, row in enumerate(_list(value, name, MAX_ROWS)):
            if not isinstance(row, Mapping):
                raise Refused("import.object", field=f"{name}-{number}")
            known = {key: reader(row[key], f"{name}-{number}-{key}") for key, reader in columns.items() if row.get(key) not in (None, "")}
            if not known:
                continue
            for key in needed:
                if not known.get(key):
                    raise Refused("import.missing", field=f"{name}-{number}-{key}")
            result.append(of(**known))
        return result

    return read


def _list(value: Any, name: str, limit: int) -> list[Any]:
    if not isinstance(value, list):
        raise Refused("import.list", field=name)
    if len(value) > limit:
        raise Refused("import.too_many", field=name, limit=limit)
    return value


def _tags(value: Any, name: str) -> list[str]:
    names = [line(40)(one, f"{name}-{number}") for number, one in enumerate(_list(value, name, MAX_TAGS))]
    return [one for one in names if one]


def _obstacles(value: Any, name: str) -> list[str]:
    codes = [line(40)(one, f"{name}-{number}") for number, one in enumerate(_list(value, name, MAX_OBSTACLES))]
    return [one for one in codes if one]


def _costs(value: Any, name: str) -> dict[str, int | None]:
    if not isinstance(value, Mapping):
        raise Refused("import.object", field=name)
    for source in value:
        if source not in Practice.COSTS:
            raise Refused("import.source", field=f"{name}-{str(source)[:40]}", choices=", ".join(Practice.COSTS))
    return {source: None if sum_ is None or sum_ == "" else whole(MAX_ROUBLES)(sum_, f"{name}-{source}") for source, sum_ in value.items()}


FIELDS: dict[str, Reader] = {
    "external_id": line(100),
    "title": line(250),
    "summary": text(600),
    **{name: text() for name in Practice.MARKDOWN},
    "contact": text(2000),
    "municipality": line(160),
    "region": region,
    "nomination": whole(1_000_000),
    "tags": _tags,
    "status": one_of(list(Status), "import.status"),
    "started": month,
    "finished": month,
    "costs": _costs,
    "upkeep": whole(MAX_ROUBLES),
    "beneficiaries": whole(MAX_PEOPLE),
    "participants": whole(MAX_PEOPLE),
    "steps": _rows(Step, ["what"], what=line(500), when=line(80), who=line(200)),
    "resources": _rows(Resource, ["kind", "what"], kind=one_of(list(Resource.KINDS), "import.resource"), what=line(500)),
    "indicators": _rows(Indicator, ["name"], name=line(200), unit=line(60), before=figure, after=figure, on=month, source=line(200)),
    "donor": line(100),
    "valid_on": day,
    "obstacles": _obstacles,
    "anonymous": yes_or_no,
}

# What an emptied field holds, where that is not None.
EMPTY: dict[str, Callable[[], Any]] = {
    **dict.fromkeys(("title", "summary", "contact", *Practice.MARKDOWN), str),
    **dict.fromkeys(("tags", "obstacles", "steps", "resources", "indicators"), list),
    "costs": lambda: dict.fromkeys(Practice.COSTS),
    "anonymous": lambda: False,
    "status": lambda: Status.IMPLEMENTED.value,
}


def parse(row: Any, needed: Collection[str] = NEEDED) -> Card | list[Refused]:
    """The card a row describes, or all that is wrong with it. `needed`: the fields that may not be missing or empty."""
    if not isinstance(row, Mapping):
        return [Refused("import.row")]
    values: dict[str, Any] = {}
    problems: list[Refused] = []
    for name in FIELDS:
        try:
            if name in row:
                values[name] = _value(name, row[name])
            if name in needed and not values.get(name):
                raise Refused("import.missing", field=name)
        except Refused as problem:
            problems.append(problem)
    if not problems and values.get("started") and (values.get("finished") or "9999") < values["started"]:
        problems.append(Refused("import.order", field="finished"))
    if problems:
        return problems
    return Card(values.pop("external_id", None) or None, values, frozenset(str(name)[:40] for name in row if name not in FIELDS))


def _value(name: str, value: Any) -> Any:
    empty = EMPTY.get(name, lambda: None)
    if value is None or (isinstance(value, str) and not value.strip()):
        return empty()
    result = FIELDS[name](value, name)
    return empty() if result == "" else result
