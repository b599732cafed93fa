"""Cards in tables, a column a value: `costs-local` (or `costs.local`) and `steps-0-what` name parts; a list may be one cell of JSON."""

import json
import re
from collections.abc import Mapping
from typing import Any

from forum.core.errors import Refused

LISTS = ("steps", "resources", "indicators")
COSTS = "costs"
NAMES = ("tags", "obstacles")  # written one after the other, with «;» between

_ROW = re.compile(rf"({'|'.join(LISTS)})[.-](\d{{1,3}})[.-](\w+)")
_COST = re.compile(r"costs?[._-](\w+)")
# What a spreadsheet would take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def nested(cells: Mapping[str, Any]) -> dict[str, Any]:
    """The object a row of a table stands for. Empty cells say nothing, so that they erase nothing either."""
    result: dict[str, Any] = {}
    lists: dict[str, dict[int, dict[str, Any]]] = {}
    for name, cell in cells.items():
        if not name or cell is None or cell == "":
            continue
        value = unescape(cell)
        if row := _ROW.fullmatch(name):
            lists.setdefault(row[1], {}).setdefault(int(row[2]), {})[row[3]] = value
        elif cost := _COST.fullmatch(name):
            result.setdefault(COSTS, {})[cost[1]] = value
        elif name in (*LISTS, COSTS):
            result[name] = _json(name, value)
        elif name in NAMES:
            result[name] = _names(name, value)
        else:
            result[name] = value
    return result | {name: [rows[number] for number in sorted(rows)] for name, rows in lists.items()}


def flat(card: Mapping[str, Any]) -> dict[str, Any]:
    """A row of a table for an object; lists become JSON, tags and obstacles are parted by «;», nothing begins like a formula."""
    result: dict[str, Any] = {}
    for name, value in card.items():
        if name == COSTS:
            result |= {f"{COSTS}-{source}": sum_ for source, sum_ in value.items()}
        elif name in NAMES:
            result[name] = escape("; ".join(value))
        elif isinstance(value, list):
            result[name] = json.dumps(value, ensure_ascii=False) if value else ""
        else:
            result[name] = escape(value)
    return result


def escape(value: Any) -> Any:
    """Text that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value.lstrip("'").startswith(_FORMULA):
        return "'" + value
    return value


def unescape(value: Any) -> Any:
    """What was escaped."""
    if isinstance(value, str) and value.startswith("'") and value.lstrip("'").startswith(_FORMULA):
        return value[1:]
    return value


def _json(name: str, value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except (ValueError, RecursionError) as error:
        raise Refused("import.json", field=name) from error


def _names(name: str, value: Any) -> Any:
    if isinstance(value, str) and value.lstrip().startswith("["):
        return _json(name, value)
    return [one.strip() for one in str(value).split(";") if one.strip()]
