"""Sets of documents as bits: 64 documents a number, so that counting what two sets share takes a few instructions.

Each segment begins a new number; the bits past its end are 0.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from forum.search.whoosh_engine.columns import Facet

Bits = NDArray[np.uint64]
Mask = NDArray[np.bool_]

PART = 64  # sets that are compared at once: what is worked on stays in the processor's cache


def packed(mask: Mask, sizes: Sequence[int]) -> Bits:
    """A set of documents of segments with so many documents each."""
    out = np.zeros(sum(map(width, sizes)), np.uint64)
    bytes_, at, start = out.view(np.uint8), 0, 0
    for size in sizes:
        part = np.packbits(mask[start : start + size])
        bytes_[at : at + len(part)] = part
        at, start = at + 8 * width(size), start + size
    return out


def unpacked(bits: Bits, sizes: Sequence[int]) -> Mask:
    """The documents that are in a set."""
    parts, at = [], 0
    for size in sizes:
        parts.append(np.unpackbits(bits[at : at + width(size)].view(np.uint8), count=size).view(np.bool_))
        at += width(size)
    return np.concatenate(parts or [np.zeros(0, np.bool_)])


def of_facet(facet: Facet, size: int) -> Bits:
    """The documents of each value of a segment's facet, a row a value."""
    table = np.zeros((len(facet.values), 64 * width(size)), np.bool_)
    table[facet.codes, facet.docs] = True
    return np.packbits(table, axis=1).view(np.uint64)


def shared(rows: Bits, one: Bits) -> NDArray[np.int64]:
    """How many documents each of the rows shares with a set."""
    counts = [np.bitwise_count(rows[at : at + PART] & one).sum(axis=1, dtype=np.int64) for at in range(0, len(rows), PART)]
    return np.concatenate(counts or [np.zeros(0, np.int64)])


def width(size: int) -> int:
    """How many numbers the bits of a segment take."""
    return -(-size // 64)
