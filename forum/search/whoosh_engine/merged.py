"""The columns of all segments as one, so that a question looks through them once."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from forum.search.whoosh_engine import bits
from forum.search.whoosh_engine.bits import Bits, Mask
from forum.search.whoosh_engine.columns import Facet
from forum.search.whoosh_engine.segments import Segment

Leaf = tuple[int, Segment]  # the number of its first document, and itself

NARROWER = (np.int16, np.int32, np.int64)
MOST_BITS = 16 << 20  # bytes that a facet may take as bits


class Found:
    """A set of documents, in the two forms in which it can be counted."""

    def __init__(self, mask: Mask, sizes: Sequence[int]) -> None:
        self.mask = mask
        self._sizes = sizes

    @cached_property
    def bits(self) -> Bits:
        """The same as bits."""
        return bits.packed(self.mask, self._sizes)


class Columns(dict[str, NDArray[Any]]):
    """Numbers of all documents by name, put together when they are first asked for, in no more bytes than they need."""

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        self._leaves = leaves

    def __missing__(self, name: str) -> NDArray[Any]:
        parts = [segment.columns.numbers[name] for _, segment in self._leaves]
        most = max((abs(int(end)) for part in parts if len(part) for end in (part.min(), part.max())), default=0)
        kind = next(kind for kind in NARROWER if most <= np.iinfo(kind).max)
        found = self[name] = np.concatenate([part.astype(kind) for part in parts] or [np.zeros(0, kind)])
        return found


class Counted(Protocol):
    """A facet through all segments."""

    def count(self, found: Found) -> dict[str, int]:
        """How many of the documents have each value."""

    def having(self, values: Sequence[str]) -> Mask:
        """Which documents have any of the values, deleted ones included."""


class AsBits:
    """The documents of each value as bits."""

    def __init__(self, values: list[str], rows: Bits, sizes: Sequence[int]) -> None:
        self._values, self._rows, self._sizes = values, rows, sizes

    def count(self, found: Found) -> dict[str, int]:
        return _named(self._values, bits.shared(self._rows, found.bits))

    def having(self, values: Sequence[str]) -> Mask:
        wanted = [number for number, value in enumerate(self._values) if value in set(values)]
        return bits.unpacked(np.bitwise_or.reduce(self._rows[wanted], axis=0), self._sizes)


class AsPairs:
    """Every (document, value) pair: for so many documents and values that bits would take too much memory."""

    def __init__(self, values: list[str], docs: NDArray[np.int32], codes: NDArray[np.int32], size: int) -> None:
        self._values, self._docs, self._codes, self._size = values, docs, codes, size

    def count(self, found: Found) -> dict[str, int]:
        return _named(self._values, np.bincount(self._codes[found.mask[self._docs]], minlength=len(self._values)))

    def having(self, values: Sequence[str]) -> Mask:
        mask = np.zeros(self._size, np.bool_)
        wanted = np.array([value in set(values) for value in self._values], np.bool_)
        if len(wanted):
            mask[self._docs[wanted[self._codes]]] = True
        return mask


def _named(values: Sequence[str], counts: NDArray[np.int64]) -> dict[str, int]:
    return {values[code]: int(counts[code]) for code in np.flatnonzero(counts).tolist()}


def facet(leaves: Sequence[Leaf], name: str) -> Counted:
    """A facet through all segments."""
    values = sorted({value for _, segment in leaves for value in segment.columns.facets[name].values})
    number = {value: code for code, value in enumerate(values)}
    sizes = [segment.size for _, segment in leaves]
    wide = sum(map(bits.width, sizes))
    if len(values) * wide * 8 > MOST_BITS:
        return _pairs(leaves, name, values, number)
    rows = np.zeros((len(values), wide), np.uint64)
    at = 0
    for _, segment in leaves:
        own, part = segment.bits(name)
        end = at + bits.width(segment.size)
        known = [place for place, value in enumerate(own) if value in number]
        rows[[number[own[place]] for place in known], at:end] = part if len(known) == len(own) else part[known]
        segment.keep(name, (values, rows[:, at:end]))
        at = end
    return AsBits(values, rows, sizes)


def _pairs(leaves: Sequence[Leaf], name: str, values: list[str], number: dict[str, int]) -> AsPairs:
    parts = [(offset, segment.columns.facets[name]) for offset, segment in leaves]
    docs = np.concatenate([part.docs + np.int32(offset) for offset, part in parts])
    codes = np.concatenate([_renumbered(part, number) for _, part in parts])
    return AsPairs(values, docs.astype(np.int32), codes, sum(segment.size for _, segment in leaves))


def _renumbered(part: Facet, number: dict[str, int]) -> NDArray[np.int32]:
    return np.array([number[value] for value in part.values], np.int32)[part.codes] if part.values else np.zeros(0, np.int32)
