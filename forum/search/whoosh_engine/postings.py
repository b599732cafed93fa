"""Posting lists as arrays, read past Whoosh's matchers."""

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from whoosh.matching import FilterMatcher
from whoosh.reading import IndexReader

CACHED = 2_000_000  # postings kept per segment, 8 bytes each


@dataclass(frozen=True, slots=True)
class Postings:
    """In which documents a term occurs, and how often."""

    docs: NDArray[np.int32]
    weights: NDArray[np.float32]


NOTHING = Postings(np.zeros(0, np.int32), np.zeros(0, np.float32))


def read(reader: IndexReader, field: str, term: str) -> Postings:
    """The posting list of a term, read block by block: a call for each posting would cost a hundred times as much."""
    if (field, term) not in reader:
        return NOTHING
    matcher = reader.postings(field, term)
    if isinstance(matcher, FilterMatcher):  # hides the deleted
        matcher = matcher.child
    docs: list[int] = []
    weights: list[float] = []
    while matcher.is_active():
        matcher.id()
        matcher.weight()
        docs.extend(matcher._ids)
        weights.extend(matcher._weights)
        matcher._next_block()
    return Postings(np.array(docs, np.int32), np.array(weights, np.float32))


class Cache:
    """The posting lists of one segment as they are asked for; the last used are kept."""

    def __init__(self) -> None:
        self._lists: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._kept = 0

    def get(self, reader: IndexReader, field: str, term: str) -> Postings:
        """Deleted documents included: which those are depends on the moment, not on the segment."""
        key = (field, term)
        found = self._lists.get(key)
        if found is not None:
            self._lists.move_to_end(key)
            return found
        found = self._lists[key] = read(reader, field, term)
        self._kept += len(found.docs) + 8  # an empty list has its cost too
        while self._kept > CACHED and len(self._lists) > 1:
            _, dropped = self._lists.popitem(last=False)
            self._kept -= len(dropped.docs) + 8
        return found
