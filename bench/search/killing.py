"""Killing the index's writer at chosen moments: `kill -9`, only what was started here."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

from bench.search.running import Child, flask

# When a kill comes: at any moment of the indexer's life; while it writes or merges; while it derives the lexicon; while the
# index is rebuilt. One of each first, then in these proportions.
FIRST = ("writing", "tending", "rebuilding", "any moment")
OF_TWENTY = {"any moment": 8, "writing": 5, "tending": 3, "rebuilding": 4}
LIFE = 3.0  # seconds of an indexer that is killed at any moment, at most
WATCHED = 6.0  # seconds that a chosen moment is waited for
LOOK = 0.001


class Killer:
    """Starts what writes the index, and kills it. `pause` and `go` hold and release those who write."""

    def __init__(self, site: dict[str, str], seed: int, pause: Callable[[], None], go: Callable[[], None]) -> None:
        self.site, self.chance = site, Random(seed)
        self.aims = self._aims()
        self.pause, self.go = pause, go
        self.folder = Path(site["FORUM_INSTANCE"]) / "search"

    def kill(self) -> str:
        """One kill; what was half done, by what lies about that did not before."""
        aim = next(self.aims)
        indexes, names = self._indexes(), self._names()
        with flask("search", "indexer", **self.site) as indexer:
            if aim == "any moment":
                time.sleep(self.chance.uniform(0, LIFE))
            elif aim == "writing":
                self._wait(indexer, lambda: self._names() != names)
                time.sleep(self.chance.uniform(0, 0.15))
            elif aim == "tending":
                self.pause()
                self._wait(indexer, lambda: any(name.startswith(".") for name in self._names() - names))
                time.sleep(self.chance.uniform(0, 0.05))
            else:
                self._rebuild(indexes)
            indexer.kill()
        self.go()
        if self._indexes() - indexes:
            return "rebuilding"
        new = self._names() - names
        if any(name.startswith(".") for name in new):
            return "tending"
        return "writing" if new - self._committed() else "between two"

    def _aims(self) -> Iterator[str]:
        yield from FIRST
        while True:
            deck = [aim for aim, number in OF_TWENTY.items() for _ in range(number)]
            self.chance.shuffle(deck)
            yield from deck

    def _rebuild(self, indexes: set[Path]) -> None:
        """The rebuild is killed first, then the indexer that waits for it."""
        with flask("search", "rebuild", **self.site) as rebuild:
            self._wait(rebuild, lambda: bool(self._indexes() - indexes))
            time.sleep(self.chance.uniform(0, LIFE))
            rebuild.kill()

    def _wait(self, child: Child, come: Callable[[], bool]) -> None:
        deadline = time.monotonic() + WATCHED
        while child.alive and not come() and time.monotonic() < deadline:
            time.sleep(LOOK)

    def left(self) -> list[Path]:
        """What killed processes have left for good: indexes nobody uses, drafts."""
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
