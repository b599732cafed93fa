"""Posting lists as arrays."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from forum.search.whoosh_engine.lists import of_term

Documents = NDArray[np.int32]
Counts = NDArray[np.uint8]

MOST = 255


@dataclass(frozen=True, slots=True)
class Postings:
    """In which documents a term occurs, and how often, `MOST` times at most."""

    docs: Documents
    counts: Counts

    @property
    def size(self) -> int:
        """How many bytes are kept, about."""
        return self.docs.nbytes + self.counts.nbytes


NOTHING = Postings(np.zeros(0, np.int32), np.zeros(0, np.uint8))


def read(reader: IndexReader, field: str, term: str) -> Postings:
    """The posting list of a term, deleted documents included; looked up once, read in one go."""
    docs, counts = [], []
    for block in of_term(reader, field, term):
        docs.append(np.cumsum(np.asarray(block.deltas), dtype=np.int32))
        counts.append(_counts(block.counts, len(block.deltas)))
    if not docs:
        return NOTHING
    return Postings(docs[0], counts[0]) if len(docs) == 1 else Postings(np.concatenate(docs), np.concatenate(counts))


def together(parts: Sequence[tuple[int, Postings]], alive: NDArray[np.bool_]) -> Postings:
    """Of several segments: (number of the first document, postings); without the deleted."""
    docs = np.concatenate([NOTHING.docs, *(part.docs + np.int32(first) for first, part in parts)])
    counts = np.concatenate([NOTHING.counts, *(part.counts for _, part in parts)])
    living = alive[docs]
    return Postings(docs, counts) if living.all() else Postings(docs[living], counts[living])


def _counts(counts: Any, number: int) -> Counts:
    if counts is None:
        return np.ones(number, np.uint8)
    found = np.asarray(counts)
    return found if found.dtype == np.uint8 else np.minimum(found, MOST).astype(np.uint8)
