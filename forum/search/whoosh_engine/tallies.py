"""How much a search term counts in each document: all that its scores are worked out of, kept in one to five bytes a document."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forum.search.ranking import ENCLOSED, TITLE
from forum.search.whoosh_engine.postings import Counts, Postings, together

PARTS = 4  # what is counted in: the smallest weight of an occurrence is one of them
MOST = 63 * PARTS  # more often makes next to no difference
OFTEN = 16  # a term that every so many documents have is kept for all of them: adding arrays is faster than adding at places
DENSE = 3  # the same of a segment, where what counts is memory

Documents = NDArray[np.int32] | NDArray[np.uint16]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tally:
    """By document, or (with `docs`) for some documents, in `PARTS`. `own`: how many documents have the term themselves."""

    parts: Counts
    own: int
    docs: Documents | None = None

    @property
    def size(self) -> int:
        """Bytes."""
        return self.parts.nbytes + (0 if self.docs is None else self.docs.nbytes)

    def listed(self) -> Postings:
        """The documents that have it."""
        docs = np.flatnonzero(self.parts) if self.docs is None else self.docs
        return Postings(docs.astype(np.int32), self.parts[docs] if self.docs is None else self.parts)

    def alone(self) -> "Tally":
        """Without the documents in whose files alone the term stands."""
        says = self.parts >= PARTS
        if self.docs is None:
            return Tally(self.parts * says, self.own)
        return Tally(self.parts[says], self.own, self.docs[says])


def of_segment(text: Postings, title: Postings, enclosed: Postings, size: int) -> Tally:
    """From the lists of a segment of so many documents. What has a term in its title has it in its text; nothing `enclosed` has."""
    counts = text.counts.astype(np.uint16) * PARTS
    if len(title.docs):
        counts[np.searchsorted(text.docs, title.docs)] += title.counts * np.uint16(PARTS * TITLE)
    docs, parts = text.docs, np.minimum(counts, MOST).astype(np.uint8)
    if len(enclosed.docs):
        docs = np.concatenate([docs, enclosed.docs])
        parts = np.concatenate([parts, np.full(len(enclosed.docs), PARTS * ENCLOSED, np.uint8)])
        order = np.argsort(docs)
        docs, parts = docs[order], parts[order]
    if len(docs) * DENSE > size:
        return Tally(_spread(docs, parts, size), len(text.docs))
    return Tally(parts, len(text.docs), docs.astype(np.uint16) if size < 1 << 16 else docs)


def joined(some: Sequence[tuple[int, int, Tally]], alive: Mask, dead: NDArray[np.int64]) -> Tally:
    """Of several segments: (number of the first document, documents, tally); without the deleted."""
    filled = [(first, size, one) for first, size, one in some if len(one.parts)]
    number = sum(len(one.parts) if one.docs is not None else size // DENSE for _, size, one in filled)
    if number * OFTEN < len(alive):
        found = together([(first, one.listed()) for first, _, one in filled], alive)
        return Tally(found.counts, int((found.counts >= PARTS).sum()), found.docs)
    parts = np.zeros(len(alive), np.uint8)
    for first, size, one in filled:
        if one.docs is None:
            parts[first : first + size] = one.parts
        else:
            parts[first : first + size][one.docs] = one.parts
    parts[dead] = 0
    return Tally(parts, int((parts >= PARTS).sum()))


def _spread(docs: NDArray[np.int32], parts: Counts, size: int) -> Counts:
    spread = np.zeros(size, np.uint8)
    spread[docs] = parts
    return spread
