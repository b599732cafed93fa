"""Keyset paging: the next page begins after the last row shown, at the same cost however deep one goes."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeAlias, TypeVar

from sqlalchemy import Select, literal, select, tuple_, union, union_all
from sqlalchemy.orm import Bundle, InstrumentedAttribute, Session
from sqlalchemy.sql.elements import KeyedColumnElement

Row = TypeVar("Row")
Column: TypeAlias = InstrumentedAttribute[Any] | KeyedColumnElement[Any]
MAX_NUMBERED = 50
MAX_CURSOR = 300
MAX_WHOLE = 2**31 - 1  # PostgreSQL refuses more for an INTEGER


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows of one page and the cursors of its neighbours (None at the ends)."""

    items: Sequence[Row]
    next: str | None
    previous: str | None


def encode(direction: str, values: Sequence[Any]) -> str:
    """A cursor: `n` (after) or `p` (before) and the sort values of the row it starts from."""
    plain = [v.isoformat() if isinstance(v, datetime) else v for v in values]
    return base64.urlsafe_b64encode(json.dumps([direction, *plain], separators=(",", ":")).encode()).decode().rstrip("=")


def decode(cursor: str, columns: Sequence[Column]) -> tuple[str, list[Any]] | None:
    """Direction and values of a cursor; None where it is not one of ours."""
    try:
        direction, *values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if direction not in ("n", "p") or len(values) != len(columns):
            return None
        kinds = [column.type.python_type for column in columns]
        return direction, [_value(kind, v) for kind, v in zip(kinds, values, strict=True)]
    except (ValueError, TypeError, binascii.Error, OverflowError):
        return None


def _value(kind: Any, value: Any) -> Any:
    """A value the database can take, or ValueError: cursors come back from strangers."""
    if issubclass(kind, datetime):
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    result = kind(value)
    if isinstance(result, int) and abs(result) > MAX_WHOLE:
        raise ValueError("larger than a column")
    if isinstance(result, str) and "\0" in result.encode().decode():
        raise ValueError("no text for PostgreSQL")
    return result


def paginate(
    session: Session,
    query: Select[Row],
    columns: Sequence[Column],
    cursor: str | None,
    size: int = 20,
    ascending: bool = False,
) -> Page[Row]:
    """One page of a query in the order of `columns` (all descending, or all ascending); none of them may be null.

    `cursor` is a cursor of `Page`, or a small page number for people who type addresses; anything else is the first page.
    """
    place = started(cursor, columns)
    backwards = place is not None and place[0] == "p"
    rising = ascending != backwards
    query = query.order_by(None).order_by(*(c.asc() if rising else c.desc() for c in columns)).limit(size + 1)
    offset = skipped(cursor, size)
    if place:
        row, start = tuple_(*columns), tuple_(*(literal(v, c.type) for c, v in zip(columns, place[1], strict=True)))
        query = query.where(row > start if rising else row < start)
    elif offset:
        query = query.offset(offset)
    return cut(list(session.execute(query).unique().scalars()), [c.key for c in columns], size, place, offset)


def paginate_merged(
    session: Session, shapes: Sequence[Select[Any]], cursor: str | None, size: int = 20, distinct: bool = False
) -> Page[Any]:
    """One page of what several queries find, as one list of items, the newest first.

    All give the same three columns: a moment, an id, and what it is. `distinct`: what several of them give stands once.
    """
    columns: tuple[Any, ...] = tuple(shapes[0].selected_columns)
    place = started(cursor, columns)
    # Each gives no more than the page could need; without that all that there is would be sorted for it.
    parts = (select(_few(shape, place, size).subquery()) for shape in shapes)
    found = (union if distinct else union_all)(*parts).subquery()
    item = [found.c[column.key] for column in columns]
    return paginate(session, select(Bundle("item", *item)), item, cursor if place else None, size)


def _few(shape: Select[Any], place: tuple[str, list[Any]] | None, size: int) -> Select[Any]:
    columns: tuple[Any, ...] = tuple(shape.selected_columns)
    at, id, _ = columns
    backwards = place is not None and place[0] == "p"
    if place is not None:
        row, start = tuple_(*columns), tuple_(*(literal(value, c.type) for value, c in zip(place[1], columns, strict=True)))
        shape = shape.where(row > start if backwards else row < start)
    order = (at.asc(), id.asc()) if backwards else (at.desc(), id.desc())
    return shape.order_by(*order).limit(size + 1)


def cut(rows: list[Any], keys: Sequence[str], size: int, place: tuple[str, list[Any]] | None, offset: int = 0) -> Page[Any]:
    """A page of rows, of which one too many was read; `place` (see `decode`) is where it begins, `keys` what its cursors hold."""
    backwards = place is not None and place[0] == "p"
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    has_next = bool(rows) and (more if not backwards else True)
    has_previous = bool(rows) and ((place is not None or offset > 0) if not backwards else more)
    ends = [[getattr(rows[i], key) for key in keys] for i in (-1, 0)] if rows else [[], []]
    return Page(rows, encode("n", ends[0]) if has_next else None, encode("p", ends[1]) if has_previous else None)


def started(cursor: str | None, columns: Sequence[Column]) -> tuple[str, list[Any]] | None:
    """Where a cursor of ours says to begin; None for the first page, or a numbered one."""
    return decode(cursor, columns) if cursor and len(cursor) <= MAX_CURSOR and not cursor.isdecimal() else None


def skipped(cursor: str | None, size: int) -> int:
    """How many rows a numbered page leaves out."""
    return (min(int(cursor), MAX_NUMBERED) - 1) * size if cursor and cursor.isdecimal() and len(cursor) < 9 and int(cursor) > 1 else 0
