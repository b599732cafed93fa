"""What all sets do alike: moments and days as text, rows in the order they were asked for, keys one after another."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from forum.open_data.datasets import Row
from forum.web.canonical import absolute


def address(endpoint: str, **values: Any) -> str:
    """The address of a page as the world reaches it; in the worker too."""
    return absolute(current_app.url_map.bind("").build(endpoint, {name: value for name, value in values.items() if value}))


def moment(at: datetime | None) -> str | None:
    """2026-03-01T08:00:00Z"""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def day(on: date | None) -> str | None:
    """2026-03-01"""
    return on.strftime("%Y-%m-%d") if on else None


def in_order(keys: Sequence[Any], rows: Iterable[Row], key: str = "id") -> list[Row]:
    """The rows in the order of their keys; keys without a row are passed over."""
    found = {row[key]: row for row in rows}
    return [found[one] for one in keys if one in found]


def key_after(column: Any, *conditions: ColumnElement[bool]) -> Callable[[Session, Any, int], Sequence[Any]]:
    """Keys from a column, a batch at a time."""

    def keys(session: Session, last: Any, limit: int) -> Sequence[Any]:
        after = () if last is None else (column > last,)
        return session.scalars(select(column).where(*conditions, *after).order_by(column).limit(limit)).all()

    return keys
