"""Counts of an entry, written past the unit of work: it would ask each of the entry's hundred columns and relations what has changed."""

from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, update
from sqlalchemy.orm import Mapper, Session, object_mapper

from forum.core import stamps


@lru_cache
def _statements(kind: Mapper[Any], names: tuple[str, ...]) -> list[tuple[Any, list[str]]]:
    """An update of each table of the kind that has any of the columns, and which."""
    found = []
    for table in kind.tables:
        if its := [name for name in names if name in table.c]:
            found.append((update(table).where(table.c.id == bindparam("of")), its))
    return found


def write_counts(session: Session, entry: Any, **values: Any) -> None:
    """Set these columns of an entry at once; whoever asks the instance for them reads them anew, whatever a savepoint took back.

    Nothing follows by itself but that pages are stale: the caller has the entry indexed.
    """
    connection = session.connection()
    for statement, names in _statements(object_mapper(entry), tuple(values)):
        connection.execute(statement, {"of": entry.id} | {name: values[name] for name in names})
    session.expire(entry, values)
    stamps.mark(session)
