"""What a word adds to the scores of documents."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forum.search.whoosh_engine.postings import Postings

Scores = NDArray[np.float64]

OFTEN = 16  # a word that every so many documents has is kept for all of them: adding arrays is faster than adding at places


@dataclass(frozen=True, slots=True)
class Gain:
    """By document, or (with `docs`) for some documents."""

    weights: NDArray[np.float32]
    docs: NDArray[np.int32] | None = None

    @property
    def size(self) -> int:
        """In 8 bytes."""
        return len(self.weights) // (1 if self.docs is not None else 2)

    def add_to(self, scores: Scores, weight: float) -> None:
        """Add it to the scores of documents, times a weight."""
        weights = self.weights if weight == 1 else np.float32(weight) * self.weights
        if self.docs is None:
            scores += weights
        else:
            scores[self.docs] += weights

    def mark(self, covered: NDArray[np.float32], share: float) -> None:
        """Add the same to all documents that have the word."""
        if self.docs is None:
            covered += np.multiply(self.weights > 0, np.float32(share), dtype=np.float32)
        else:
            covered[self.docs] += np.float32(share)

    def raise_to(self, best: NDArray[np.float32], weight: float) -> None:
        """Put it where it is more than what is there."""
        weights = self.weights if weight == 1 else np.float32(weight) * self.weights
        if self.docs is None:
            np.maximum(best, weights, out=best)
        else:
            best[self.docs] = np.maximum(best[self.docs], weights)

    def listed(self) -> Postings:
        """The same by place."""
        if self.docs is not None:
            return Postings(self.docs, self.weights)
        docs = np.flatnonzero(self.weights).astype(np.int32)
        return Postings(docs, self.weights[docs])


def gain(found: Postings, size: int) -> Gain:
    """Of so many documents in all."""
    if len(found.docs) * OFTEN < size:
        return Gain(found.weights, found.docs)
    weights = np.zeros(size, np.float32)
    weights[found.docs] = found.weights
    return Gain(weights)
