"""What an index looks like from outside while somebody writes it: in files, and in a PostgreSQL."""

import os
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psycopg

from bench.search.measuring import on_disk
from forum.search.postgres_engine.connecting import SCHEMA

ALL_AIMS = frozenset(("writing", "tending", "rebuilding", "guard", "any moment"))


@dataclass(frozen=True)
class Seen:
    """What there was: indexes, and files of the one in use."""

    indexes: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()


class Watch(Protocol):
    """Tells what is going on, compared with what was seen before."""

    aims: frozenset[str]  # which moments it can tell

    def see(self) -> Seen: ...
    def writes(self, before: Seen) -> bool: ...
    def tends(self, before: Seen) -> bool: ...
    def rebuilds(self, before: Seen) -> bool: ...
    def commits(self) -> object:
        """Something that differs after a commit."""

    def half_done(self, before: Seen) -> str:
        """What was begun and not finished since."""

    def left(self) -> list[Path]:
        """What killed processes have left for good: indexes nobody uses, drafts."""


class Files:
    """Whoosh's: see `forum.search.whoosh_engine.store`."""

    aims = ALL_AIMS

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def see(self) -> Seen:
        return Seen(frozenset(path.name for path in self._indexes()), frozenset(self._names()))

    def writes(self, before: Seen) -> bool:
        return any(name.startswith("MAIN_") for name in self._names() - before.files)

    def tends(self, before: Seen) -> bool:
        return any(name.startswith(".") for name in self._names() - before.files)

    def rebuilds(self, before: Seen) -> bool:
        return any(path.name not in before.indexes for path in self._indexes())

    def commits(self) -> object:
        return [name for name in self._names() if name.endswith(".toc")]

    def half_done(self, before: Seen) -> str:
        if self.rebuilds(before):
            return "rebuilding"
        new = self._names() - before.files
        if any(name.startswith(".") for name in new):
            return "tending"
        return "writing" if new - self._committed() else "between two"

    def left(self) -> list[Path]:
        current = self._current()
        return [path for path in self._indexes() if path != current] + [*current.glob(".*")]

    def _indexes(self) -> set[Path]:
        return {path for path in self.folder.glob("index-*") if path.is_dir()}

    def _current(self) -> Path:
        with suppress(OSError):
            return self.folder / (self.folder / "CURRENT").read_text().strip()
        return self.folder

    def _names(self) -> set[str]:
        with suppress(OSError):
            return set(os.listdir(self._current()))
        return set()

    def _committed(self) -> set[str]:
        """Files that are not newer than the last commit, or belong to none."""
        files = {}
        with suppress(OSError):
            files = {entry.name: entry.stat().st_mtime_ns for entry in os.scandir(self._current()) if entry.is_file()}
        last = max((when for name, when in files.items() if name.endswith(".toc")), default=0)
        return {
            name for name in self._names() if files.get(name, 0) <= last or name.endswith(("LOCK", ".arrays")) or name.startswith("lexicon")
        }


class Tables:
    """PostgreSQL's: a write is seen by the lock it holds; what was not committed is gone with its connection."""

    aims = ALL_AIMS - {"tending"}

    def __init__(self, address: str) -> None:
        self.connection = psycopg.connect(address, autocommit=True)
        self.lock = zlib.crc32(f"write {SCHEMA}".encode())

    def see(self) -> Seen:
        return Seen()

    def writes(self, before: Seen) -> bool:
        return bool(self._ask("select 1 from pg_locks where locktype = 'advisory' and granted and objid = %s", self.lock))

    tends = writes

    def rebuilds(self, before: Seen) -> bool:
        """The tables of the new index are there once it is whole: what is seen is that somebody fills them."""
        filling = "select 1 from pg_stat_activity where query ilike %s and state <> 'idle' and pid <> pg_backend_pid()"
        return bool(self._ask(filling, "copy%"))

    def commits(self) -> object:
        return self._ask(f"select xmin::text from {SCHEMA}.totals")

    def half_done(self, before: Seen) -> str:
        return "writing" if self.writes(before) else "between two"

    def left(self) -> list[Path]:
        return []

    def _ask(self, query: str, *values: object) -> object:
        row = self.connection.execute(query, values).fetchone()  # type: ignore[arg-type]
        return row[0] if row else None


def watch_over(site: Mapping[str, str]) -> Watch:
    """Of an instance, by the environment that leads to it."""
    if site.get("FORUM_SEARCH_URL") == "postgresql":
        return Tables(site["FORUM_DATABASE_URL"].replace("+psycopg", ""))
    return Files(Path(site["FORUM_INSTANCE"]) / "search")


def megabytes(paths: list[Path]) -> float:
    """How much that is."""
    return sum(map(on_disk, paths)) / (1024 * 1024)
