"""One segment of the index as arrays.

A segment never changes but for its deletions, so what is read here stays good for as long as it lives.
"""

from collections import OrderedDict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from whoosh.matching import FilterMatcher
from whoosh.reading import IndexReader

from forum.search.port import COUNTED
from forum.search.whoosh_engine.schema import NUMBERS

CACHED_POSTINGS = 2_000_000  # per segment, 8 bytes each

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Postings:
    """In which documents a term occurs, and how often."""

    docs: NDArray[np.int32]
    weights: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Facet:
    """Every (document, value) pair of one facet; `codes` number the values."""

    values: list[str]
    docs: NDArray[np.int32]
    codes: NDArray[np.int32]


NOTHING = Postings(np.zeros(0, np.int32), np.zeros(0, np.float32))


class Segment:
    """The columns of a segment, and its postings as they are asked for (the last used are kept).

    Holds no open file: each method that reads takes the reader, and callers hold the lock of its snapshot.
    """

    def __init__(self, reader: IndexReader) -> None:
        self.size: int = reader.doc_count_all()
        self.columns: dict[str, Numbers] = {name: _column(reader, name, self.size) for name in NUMBERS}
        self._postings: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._kept = 0
        self._facets: dict[str, Facet] | None = None

    def postings(self, reader: IndexReader, field: str, term: str) -> Postings:
        """Deleted documents included: which those are depends on the moment, not on the segment."""
        key = (field, term)
        found = self._postings.get(key)
        if found is not None:
            self._postings.move_to_end(key)
            return found
        found = self._postings[key] = read_postings(reader, field, term)
        self._kept += len(found.docs) + 8  # an empty list has its cost too
        while self._kept > CACHED_POSTINGS and len(self._postings) > 1:
            _, dropped = self._postings.popitem(last=False)
            self._kept -= len(dropped.docs) + 8
        return found

    def facets(self, reader: IndexReader) -> dict[str, Facet]:
        """All values of the facets that are counted."""
        if self._facets is None:
            self._facets = {name: _facet(reader, name) for name in COUNTED}
        return self._facets


def read_postings(reader: IndexReader, field: str, term: str) -> Postings:
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


def _column(reader: IndexReader, name: str, size: int) -> Numbers:
    """A column of whole numbers. The file ends with the last value that is not the default."""
    column = reader.column_reader(name, translate=False)
    values = np.zeros(size, np.int64)
    count = getattr(column, "_count", 0)
    if count:
        values[:count] = np.frombuffer(column._dbfile.get(0, count * 8), ">i8")
    return values


def _facet(reader: IndexReader, name: str) -> Facet:
    prefix = f"{name}="
    values, lists = [], []
    for raw in reader.expand_prefix("facet", prefix):
        value = raw.decode() if isinstance(raw, bytes) else raw
        values.append(value.removeprefix(prefix))
        lists.append(read_postings(reader, "facet", value).docs)
    codes = np.repeat(np.arange(len(lists), dtype=np.int32), [len(docs) for docs in lists])
    return Facet(values, np.concatenate(lists) if lists else NOTHING.docs, codes)
