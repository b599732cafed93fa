"""Single values of a card: each function takes what a file says and the name of its field, and gives what the database keeps.

All raise `Refused` with that field; numbers and dates may also come as text, since tables have nothing else.
"""

import math
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from forum.core import typed
from forum.core.errors import Refused
from forum.core.text import MAX_INPUT, fit

MAX_ROUBLES = 10**15
MAX_PEOPLE = 2_000_000_000
YEARS = range(1900, 2101)

Reader = Callable[[Any, str], Any]

_SPACES = re.compile(r"[\s\u00a0\u202f]")
_MONTH = re.compile(r"(\d{4})-(\d{2})")


def text(limit: int = MAX_INPUT) -> Reader:
    """A text of several lines, at most `limit` characters."""

    def read(value: Any, field: str) -> str:
        if isinstance(value, bool | float) or not isinstance(value, str | int):
            raise Refused("import.text", field=field)
        if len(written := _written(value, field)) > limit:
            raise Refused("import.too_long", field=field, limit=limit)
        return fit(written).strip()

    return read


def _written(value: str | int, field: str) -> str:
    try:
        return str(value)
    except ValueError as error:  # Python writes out no number of more than 4300 digits
        raise Refused("import.text", field=field) from error


def line(limit: int) -> Reader:
    """A text of one line, at most `limit` characters."""
    inner = text(MAX_INPUT)

    def read(value: Any, field: str) -> str:
        words = typed.line(inner(value, field))
        if len(words) > limit:
            raise Refused("import.too_long", field=field, limit=limit)
        return words

    return read


def figure(value: Any, field: str) -> int | float:
    """Any number; text with a decimal comma and thin spaces is understood."""
    if isinstance(value, str):
        try:
            value = float(_SPACES.sub("", value).replace(",", ".").replace("−", "-"))
        except ValueError as error:
            raise Refused("import.figure", field=field) from error
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= MAX_ROUBLES or math.isnan(value):
        raise Refused("import.figure", field=field)
    return int(value) if value == int(value) else value


def whole(limit: int) -> Reader:
    """A whole number from 0 to `limit`."""

    def read(value: Any, field: str) -> int:
        try:
            number = figure(value, field)
        except Refused as error:
            raise Refused("import.whole", field=field) from error
        if not isinstance(number, int) or not 0 <= number <= limit:
            raise Refused("import.whole", field=field)
        return number

    return read


def month(value: Any, field: str) -> str:
    """A month as YYYY-MM."""
    if isinstance(value, date):
        value = value.isoformat()[:7]
    found = _MONTH.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or int(found[1]) not in YEARS or not 1 <= int(found[2]) <= 12:
        raise Refused("import.month", field=field)
    return f"{int(found[1]):04}-{int(found[2]):02}"


def day(value: Any, field: str) -> date:
    """A day as YYYY-MM-DD."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        found = date.fromisoformat(value.strip()[:10]) if isinstance(value, str) else None
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        raise Refused("import.day", field=field)
    return found


def region(value: Any, field: str) -> str:
    """A region's two digits; tables lose the first nought."""
    code = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) and len(repr(value)) < 20 else ""
    if not re.fullmatch(r"[0-9]{1,2}", code):
        raise Refused("import.region", field=field, region=fit(value[:20]) if isinstance(value, str) else "?")
    return code.zfill(2)


def yes_or_no(value: Any, field: str) -> bool:
    """Whether; tables write it as they like."""
    if isinstance(value, bool):
        return value
    said = {"true": True, "1": True, "yes": True, "да": True, "false": False, "0": False, "no": False, "нет": False}
    found = said.get(str(value).strip().lower()) if isinstance(value, str | int) else None
    if found is None:
        raise Refused("import.yes_or_no", field=field)
    return found


def one_of(choices: list[str], code: str) -> Reader:
    """One of a closed list of words."""

    def read(value: Any, field: str) -> str:
        if not isinstance(value, str) or value.strip().lower() not in choices:
            raise Refused(code, field=field, choices=", ".join(choices))
        return value.strip().lower()

    return read
