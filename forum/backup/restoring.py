"""Bringing a copy back: all is verified and made ready beside first, then the database changes in one transaction."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryDirectory
from typing import IO

from sqlalchemy import Connection, Engine, inspect, text

from forum.backup import migrating, postgres, sqlite
from forum.backup.archive import DATABASE, Manifest, Unsound, parts, verified
from forum.backup.taking import SPOOLED
from forum.core.files import FileStore

HOLDS = ("people", "entries")  # rows of these make an instance one that somebody uses
Progress = Callable[[int, int], None]


class Occupied(Exception):
    """There is a site here already."""


def is_empty(engine: Engine, store: FileStore) -> bool:
    """Whether nobody has written anything here: reference data and settings do not count."""
    if engine.dialect.name == "sqlite" and not Path(engine.url.database or "").exists():
        return next(store.keys(), None) is None
    with engine.connect() as connection:
        there = set(inspect(connection).get_table_names())
        held = any(connection.scalar(text(f"SELECT 1 FROM {name} LIMIT 1")) for name in HOLDS if name in there)
        connection.rollback()
    return not held and next(store.keys(), None) is None


def restore(engine: Engine, store: FileStore, path: Path, *, force: bool, progress: Progress = lambda done, total: None) -> Manifest:
    """Bring the archive back; raises Unsound or Occupied before anything is changed."""
    manifest = verified(path)
    if manifest.database != engine.dialect.name:
        raise Unsound(f"Копия снята с базы {manifest.database}, а здесь {engine.dialect.name}: загрузить её сюда нельзя.")
    migrating.check_known(manifest.revision)
    if not force and not is_empty(engine, store):
        raise Occupied
    before = set(store.keys())
    _files(store, path, manifest, progress)
    (_sqlite if engine.dialect.name == "sqlite" else _postgres)(engine, path, manifest)
    for key in before - {name.removeprefix("files/") for name in manifest.parts}:
        store.delete(key)
    return manifest


def _files(store: FileStore, path: Path, manifest: Manifest, progress: Progress) -> None:
    """Files first: until a row names one, nobody sees it."""
    for done, (name, stream) in enumerate((one for one in parts(path) if one[0].startswith("files/")), 1):
        with SpooledTemporaryFile(SPOOLED) as held:
            shutil.copyfileobj(stream, held)
            if store.put_stream(held) != name.removeprefix("files/"):
                raise Unsound(f"Файл {name[-12:]} не тот, чьё имя носит.")
        progress(done, manifest.files)


def _sqlite(engine: Engine, path: Path, manifest: Manifest) -> None:
    target = Path(engine.url.database or "")
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".restoring-", dir=target.parent) as folder:
        copy = Path(folder) / DATABASE
        for name, stream in parts(path):
            if name == DATABASE:
                with copy.open("wb") as file:
                    shutil.copyfileobj(stream, file)
        sqlite.check(copy, manifest.tables)
        past = sqlite.stamp_of(target)
        sqlite.upgrade(copy, lambda connection: _outdate(connection, past))
        engine.dispose()
        sqlite.put_in_place(copy, target)


def _postgres(engine: Engine, path: Path, manifest: Manifest) -> None:
    with engine.begin() as connection:
        past = _stamp(connection)
        postgres.prepare(connection, manifest.revision)
        postgres.load(connection, _tables(path), manifest.columns)
        postgres.settle(connection, manifest.tables)
        migrating.upgrade(connection)
        _outdate(connection, past)


def _tables(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    return (one for one in parts(path) if one[0].startswith("tables/"))


def _stamp(connection: Connection) -> int:
    if "stamps" not in inspect(connection).get_table_names():
        return 0
    return connection.scalar(text("SELECT max(version) FROM stamps")) or 0


def _outdate(connection: Connection, past: int) -> None:
    """No page kept from before, here or in a browser, may pass for one of now: its number was in use in either past."""
    version = max(past, _stamp(connection)) + 1
    connection.execute(text("UPDATE stamps SET version = :version").bindparams(version=version))
