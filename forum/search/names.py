"""Lists of names found by the beginnings of their words: kept by the process, read anew after some minutes."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from forum.search.analysis import all_words
from forum.search.port import Engine

Key = int | str
Rows = Iterable[Sequence[Any]]  # (key, name), best first
Mask = NDArray[np.bool_]


class Names:
    """Which names have words that begin so.

    Only words, numbers and keys are kept, not the names: 20,000 municipalities take some 2 MB.
    """

    def __init__(self, rows: Rows = ()) -> None:
        self.keys: list[Key] = []
        having: dict[str, list[int]] = {}
        firsts: list[str] = []
        for key, name in rows:
            own = all_words(name) or [""]
            firsts.append(own[0])
            for word in dict.fromkeys(own):
                having.setdefault(word, []).append(len(self.keys))
            self.keys.append(key)
        self.words = sorted(having)
        self.starts = np.cumsum([0, *(len(having[word]) for word in self.words)], dtype=np.int32)
        self.numbers = np.array([number for word in self.words for number in having[word]], np.int32)
        places = {word: place for place, word in enumerate(self.words)}
        self.firsts = np.array([places[word] for word in firsts], np.int32)

    def find(self, typed: Sequence[str], limit: int) -> list[Key]:
        """Keys of the names that have every normalised word, each perhaps cut short: first those that begin with the first of them."""
        if not typed:
            return self.keys[:limit]
        mask = self._having(typed[0])
        for word in typed[1:]:
            mask &= self._having(word)
        found = np.flatnonzero(mask)
        start, end = self._range(typed[0])
        firsts = self.firsts[found]
        begins = (firsts >= start) & (firsts < end)
        best = np.concatenate((found[begins][:limit], found[~begins][:limit]))[:limit]
        return [self.keys[number] for number in best.tolist()]

    def begun(self, beginnings: Sequence[str]) -> dict[str, int]:
        """Of these beginnings those with which words of the names begin, with how many."""
        words, places = self.words, {beginning: bisect_left(self.words, beginning) for beginning in beginnings}
        known = [one for one, place in places.items() if place < len(words) and words[place].startswith(one)]
        return {one: end - start for one in known for start, end in [self._range(one)]}

    def _having(self, beginning: str) -> Mask:
        start, end = self._range(beginning)
        mask = np.zeros(len(self.keys), np.bool_)
        mask[self.numbers[self.starts[start] : self.starts[end]]] = True
        return mask

    def _range(self, beginning: str) -> tuple[int, int]:
        """From which to before which of the words those stand that begin so."""
        start = bisect_left(self.words, beginning)
        return start, bisect_left(self.words, beginning + "\U0010ffff", start)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a list comes from, and for how many seconds it may be kept."""

    read: Callable[[Session, Engine], Rows]
    seconds: float


class NameLists:
    """The lists of a process, each read at its first use. While one thread reads a list anew, the others go on with the old one."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._locks = {name: Lock() for name in sources}
        self._kept: dict[str, tuple[float, Names]] = {}

    def get(self, name: str, session: Session, engine: Engine) -> Names:
        """The list of that name."""
        kept = self._kept.get(name)
        if kept is not None and (monotonic() < kept[0] or not self._locks[name].acquire(blocking=False)):
            return kept[1]
        if kept is None:
            self._locks[name].acquire()
        try:
            return self._read(name, session, engine)
        finally:
            self._locks[name].release()

    def _read(self, name: str, session: Session, engine: Engine) -> Names:
        kept = self._kept.get(name)
        if kept is None or monotonic() >= kept[0]:
            source = self._sources[name]
            self._kept[name] = kept = (monotonic() + source.seconds, Names(source.read(session, engine)))
        return kept[1]
