"""Posting lists as arrays, read past Whoosh's matchers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.matching import FilterMatcher, ListMatcher
from whoosh.reading import IndexReader


@dataclass(frozen=True, slots=True)
class Postings:
    """In which documents a term occurs, and how often."""

    docs: NDArray[np.int32]
    weights: NDArray[np.float32]

    @property
    def size(self) -> int:
        """How many numbers are kept, about."""
        return len(self.docs)


NOTHING = Postings(np.zeros(0, np.int32), np.zeros(0, np.float32))


def read(reader: IndexReader, field: str, term: str) -> Postings:
    """The posting list of a term, deleted documents included; by blocks, since a call for each posting costs a hundred times as much."""
    docs, weights = [], []
    for deltas, often, _ in _blocks(reader, field, term):
        docs.append(np.cumsum(np.asarray(deltas), dtype=np.int32))
        weights.append(np.ones(len(deltas), np.float32) if often is None else np.asarray(often, np.float32))
    if not docs:
        return NOTHING
    return Postings(docs[0], weights[0]) if len(docs) == 1 else Postings(np.concatenate(docs), np.concatenate(weights))


def count(reader: IndexReader, field: str, term: str) -> int:
    """In how many documents a term occurs, deleted ones included; reads no postings."""
    return int(reader.doc_frequency(field, term))


def _blocks(reader: IndexReader, field: str, term: str) -> Iterator[tuple[Any, Any, Any]]:
    """Blocks of a posting list as they lie in the file: differences of numbers, weights (None: all 1, or one for all), values."""
    if (field, term) not in reader:
        return
    matcher = reader.postings(field, term)
    if isinstance(matcher, FilterMatcher):  # hides the deleted
        matcher = matcher.child
    if isinstance(matcher, ListMatcher):  # a short list in the term index itself
        yield matcher._ids, matcher._weights, matcher._values
        return
    while matcher.is_active():
        matcher._read_data()
        yield matcher._data
        matcher._next_block()
