"""Killing the index's writer at chosen moments: `kill -9`, only what was started here."""

import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from random import Random
from types import TracebackType
from typing import Self

from bench.search.running import Indexer, flask
from bench.search.watching import Watch

# When a kill comes: at any moment of a life; while it writes or merges; while it derives the lexicon; while the index is
# rebuilt; and when it takes the guard, which has loaded everything, instead of its child. One of each first, then in these proportions.
FIRST = ("writing", "tending", "rebuilding", "guard", "any moment")
OF_TWENTY = {"any moment": 7, "writing": 8, "tending": 2, "rebuilding": 2, "guard": 1}
LIFE = 1.0  # seconds of a child that is killed at any moment, at most
REBUILD = 2.0  # the same of a rebuild
PATIENCE = 600.0  # seconds from a kill to the next child, when the guard has to be loaded again on a busy machine
WATCHED = 5.0  # seconds that a chosen moment is waited for
LOOK = 0.001


class Killer:
    """Keeps an indexer going, and kills it. `pause` and `go` hold and release those who write."""

    def __init__(self, site: Mapping[str, str], watch: Watch, seed: int, pause: Callable[[], None], go: Callable[[], None]) -> None:
        self.site, self.watch, self.chance = site, watch, Random(seed)
        self.aims = self._aims()
        self.pause, self.go = pause, go
        self.recovered: list[float] = []  # seconds from the death of a child to the next commit

    def __enter__(self) -> Self:
        self.indexer = Indexer(**self.site)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.indexer.end()

    def kill(self) -> str:
        """One kill; what was half done, by what lies about that did not before."""
        aim = next(self.aims)
        child = self.indexer.wait_for_child(PATIENCE)
        before = self.watch.see()
        if aim in ("any moment", "guard"):
            time.sleep(self.chance.uniform(0, LIFE))
        elif aim == "writing":
            self._until(lambda: self.watch.writes(before))
            time.sleep(self.chance.uniform(0, 0.05))
        elif aim == "tending":
            self.pause()
            self._until(lambda: self.watch.tends(before))
            time.sleep(self.chance.uniform(0, 0.05))
        else:
            self._kill_a_rebuild(lambda: self.watch.rebuilds(before))
        self._end(child, aim)
        half = self.watch.half_done(before)
        self.go()
        if aim == "writing":
            self._recover()
        return half if aim != "guard" else f"{half}, guard and all"

    def _end(self, child: int, aim: str) -> None:
        if aim == "guard":
            self.indexer.kill()  # its child ends by itself: nobody could tell it to stop
            self._until(lambda: not os.path.exists(f"/proc/{child}"))
            self.indexer = Indexer(**self.site)
        else:
            with suppress(ProcessLookupError):  # died just now, and its guard has seen to the next
                os.kill(child, signal.SIGKILL)

    def _recover(self) -> None:
        died, seen = time.monotonic(), self.watch.commits()
        if self._until(lambda: self.watch.commits() != seen, PATIENCE):
            self.recovered.append(time.monotonic() - died)

    def _kill_a_rebuild(self, begun: Callable[[], bool]) -> None:
        """The rebuild is killed first, then the indexer that waits for it."""
        with flask("search", "rebuild", **self.site) as rebuild:
            self._until(lambda: begun() or not rebuild.alive, PATIENCE)
            time.sleep(self.chance.uniform(0, REBUILD))
            rebuild.kill()

    def _aims(self) -> Iterator[str]:
        possible = self.watch.aims
        yield from (aim for aim in FIRST if aim in possible)
        while True:
            deck = [aim for aim, number in OF_TWENTY.items() for _ in range(number) if aim in possible]
            self.chance.shuffle(deck)
            yield from deck

    def _until(self, come: Callable[[], bool], seconds: float = WATCHED) -> bool:
        deadline = time.monotonic() + seconds
        while not (there := come()) and time.monotonic() < deadline:
            time.sleep(LOOK)
        return there
