"""The columns of all segments as one, so that a question looks through them once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forum.search.whoosh_engine.columns import Facet, Numbers
from forum.search.whoosh_engine.segments import Segment

Mask = NDArray[np.bool_]
Leaf = tuple[int, Segment]  # the number of its first document, and itself


@dataclass(frozen=True, slots=True)
class Single:
    """A facet of which a document has one value at most: by document the number of its value, 0 for none."""

    values: list[str]
    codes: NDArray[np.int16]

    def count(self, found: NDArray[np.int64], mask: Mask) -> dict[str, int]:
        """How many of the documents have each value; `found` are the numbers of those in `mask`."""
        return _named(self.values, np.bincount(self.codes[found], minlength=len(self.values) + 1)[1:])


@dataclass(frozen=True, slots=True)
class Several:
    """A facet of which a document may have many values: every (document, value) pair."""

    values: list[str]
    docs: NDArray[np.int32]
    codes: NDArray[np.int32]

    def count(self, found: NDArray[np.int64], mask: Mask) -> dict[str, int]:
        """As above."""
        return _named(self.values, np.bincount(self.codes[mask[self.docs]], minlength=len(self.values)))


def _named(values: Sequence[str], counts: NDArray[np.int64]) -> dict[str, int]:
    return {values[code]: int(counts[code]) for code in np.flatnonzero(counts).tolist()}


def numbers(leaves: Sequence[Leaf], name: str) -> Numbers:
    """A column of numbers through all segments."""
    parts = [segment.columns.numbers[name] for _, segment in leaves]
    return parts[0] if len(parts) == 1 else np.concatenate(parts or [np.zeros(0, np.int64)])


def facet(leaves: Sequence[Leaf], name: str) -> Single | Several:
    """A facet through all segments."""
    parts = [(offset, segment.columns.facets[name]) for offset, segment in leaves]
    values = sorted({value for _, part in parts for value in part.values})
    number = {value: code for code, value in enumerate(values)}
    docs = np.concatenate([part.docs + np.int32(offset) for offset, part in parts] or [np.zeros(0, np.int32)])
    codes = np.concatenate([_renumbered(part, number) for _, part in parts] or [np.zeros(0, np.int32)])
    size = sum(segment.size for _, segment in leaves)
    single = np.zeros(size, np.int16)
    single[docs] = codes + 1
    if np.count_nonzero(single) == len(docs) and len(values) < np.iinfo(np.int16).max:
        return Single(values, single)
    return Several(values, docs.astype(np.int32), codes)


def _renumbered(part: Facet, number: dict[str, int]) -> NDArray[np.int32]:
    return np.array([number[value] for value in part.values], np.int32)[part.codes] if part.values else np.zeros(0, np.int32)
