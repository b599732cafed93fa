"""What a word adds to the scores of documents."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forum.search.whoosh_engine.tallies import Documents

Scores = NDArray[np.float64]
Weights = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Gain:
    """By document, or (with `docs`) for some documents."""

    weights: Weights
    docs: Documents | None = None

    def add_to(self, scores: Scores) -> None:
        """Add it to the scores of documents."""
        if self.docs is None:
            scores += self.weights
        else:
            scores[self.docs] += self.weights

    def mark(self, covered: Weights, share: float) -> None:
        """Add the same to all documents that have the word."""
        if self.docs is None:
            covered += np.multiply(self.weights > 0, np.float32(share), dtype=np.float32)
        else:
            covered[self.docs] += np.float32(share)

    def raise_to(self, best: Weights) -> None:
        """Put it where it is more than what is there."""
        if self.docs is None:
            np.maximum(best, self.weights, out=best)
        else:
            best[self.docs] = np.maximum(best[self.docs], self.weights)

    def listed(self) -> tuple[Documents, Weights]:
        """The documents that have the word, and what it adds to each."""
        if self.docs is not None:
            return self.docs, self.weights
        docs = np.flatnonzero(self.weights).astype(np.int32)
        return docs, self.weights[docs]
