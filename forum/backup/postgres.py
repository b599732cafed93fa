"""PostgreSQL: tables copied out within one snapshot, and copied in within one transaction. No client programs are needed."""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby
from typing import IO, Any

from psycopg import sql
from sqlalchemy import Connection, Engine, inspect, text

from forum.backup import migrating
from forum.backup.archive import Unsound, Writer

REVISIONS = "alembic_version"
_PART = 8 * 1024 * 1024  # bytes of a table in one member
_PIECE = 256 * 1024


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees the database as it is at this moment, whoever writes meanwhile."""
    options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with engine.connect().execution_options(**options) as connection:
        yield connection
        connection.rollback()


def tables(connection: Connection) -> list[str]:
    """All tables of ours, each after those it points to."""
    ordered = inspect(connection).get_sorted_table_and_fkc_names()
    return [name for name, _ in ordered if name is not None and name != REVISIONS]


def columns(connection: Connection, table: str) -> list[str]:
    """The names of a table's columns, in order."""
    return [column["name"] for column in inspect(connection).get_columns(table)]


def dump(connection: Connection, into: Writer, progress: Callable[[str], None] = lambda name: None) -> None:
    """Copy every table into the archive, a few megabytes at a time."""
    for table in tables(connection):
        names = into.manifest.columns[table] = columns(connection, table)
        into.manifest.tables[table] = connection.scalar(text(f"SELECT count(*) FROM {_quoted(table)}")) or 0
        for number, part in enumerate(_parts(connection, table, names), 1):
            into.add_bytes(f"tables/{table}/{number:06d}", part)
        progress(table)


def _parts(connection: Connection, table: str, names: list[str]) -> Iterator[bytes]:
    held, size = io.BytesIO(), 0
    with _cursor(connection) as cursor, cursor.copy(_copy(table, names, "TO STDOUT")) as rows:
        for row in rows:
            size += held.write(row)
            if size >= _PART:
                yield held.getvalue()
                held, size = io.BytesIO(), 0
    if size:
        yield held.getvalue()


def _copy(table: str, names: list[str], direction: str) -> sql.Composed:
    listed = sql.SQL(", ").join(map(sql.Identifier, names))
    return sql.SQL("COPY {} ({}) {}").format(sql.Identifier(table), listed, sql.SQL(direction))


def _cursor(connection: Connection) -> Any:
    driver: Any = connection.connection.driver_connection
    return driver.cursor()


def prepare(connection: Connection, revision: str) -> None:
    """Empty tables of this revision, whatever was there before; in the transaction of the connection."""
    present = migrating.revision_of(connection)
    if present:
        _empty(connection)
    if present != revision:
        if present:
            migrating.downgrade(connection)
        migrating.upgrade(connection, revision)
        _empty(connection)  # migrations bring rows of their own


def _empty(connection: Connection) -> None:
    found = tables(connection)
    _triggers(connection, found, "DISABLE")  # the log of moderation lets nobody empty it
    if found:
        connection.execute(text(f"TRUNCATE {', '.join(map(_quoted, found))}"))


def _quoted(name: str) -> str:
    return f'"{name}"'


def _triggers(connection: Connection, names: Iterable[str], what: str) -> None:
    for name in names:
        connection.execute(text(f"ALTER TABLE {_quoted(name)} {what} TRIGGER USER"))


def load(connection: Connection, members: Iterable[tuple[str, IO[bytes]]], names: Mapping[str, list[str]]) -> None:
    """Copy the archive's tables in, in the order they lie there."""
    for table, own in groupby(members, key=lambda member: member[0].split("/")[1]):
        if table not in names:
            raise Unsound(f"В описи нет таблицы {table}.")
        with _cursor(connection) as cursor, cursor.copy(_copy(table, names[table], "FROM STDIN")) as rows:
            for _, stream in own:
                while piece := stream.read(_PIECE):
                    rows.write(piece)


def settle(connection: Connection, wanted: Mapping[str, int]) -> None:
    """After loading: numbers go on after the greatest, triggers watch again; raises Unsound where rows are missing."""
    found = tables(connection)
    counted = {name: connection.scalar(text(f"SELECT count(*) FROM {_quoted(name)}")) or 0 for name in found}
    if counted != dict(wanted):
        raise Unsound("Таблицы после загрузки не сходятся с описью.")
    for name in found:
        for column in columns(connection, name):
            sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:t, :c)"), {"t": _quoted(name), "c": column})
            if sequence:
                last = f"SELECT setval('{sequence}', coalesce(max({_quoted(column)}), 1), max({_quoted(column)}) IS NOT NULL)"
                connection.execute(text(f"{last} FROM {_quoted(name)}"))
    _triggers(connection, found, "ENABLE")
