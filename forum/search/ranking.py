"""Who comes first, whatever the engine: BM25 over search terms, then a second opinion on the first from word forms and pieces of words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from forum.search.analysis import grams
from forum.search.vocabulary import Vocabulary

K1, B = 0.9, 0.5
TITLE = 1.0  # a word of the title counts this much more than once
RERANKED, GRAMS, FORMS = 50, 0.10, 0.15
# In a list of everything a practice answers more than a remark or a name does.
KINDS = {"comment": 0.8, "person": 0.6}


def idf(documents: int, containing: float) -> float:
    """Lucene's: never negative."""
    return math.log(1 + (documents - containing + 0.5) / (containing + 0.5))


def bare(some: Sequence[str]) -> bytes:
    """Words with a space on either side, so that a whole word can be counted by `bytes.count`."""
    return f" {' '.join(some)} ".encode()


@dataclass(frozen=True, slots=True)
class Words:
    """A document for the second opinion: its bare words, and its lengths in words and pieces as multiples of the mean."""

    text: bytes
    length: float
    pieces: float


class SecondOpinion:
    """What exact word forms and shared pieces of words add to a score."""

    def __init__(self, forms: Sequence[str], vocabulary: Vocabulary) -> None:
        size = vocabulary.documents
        self._forms = [(bare([word]), idf(size, vocabulary.form_frequency(word))) for word in forms]
        self._pieces = [
            (gram.encode() if len(gram) == 4 else bare([gram]), idf(size, min(vocabulary.gram_frequency(gram), size)))
            for gram in dict.fromkeys(grams(list(forms)))
        ]

    def of(self, document: Words) -> float:
        """To be added to the document's score."""
        return FORMS * _bag(document.text, self._forms, document.length) + GRAMS * _bag(document.text, self._pieces, document.pieces)


def _bag(text: bytes, pieces: Sequence[tuple[bytes, float]], length: float) -> float:
    norm = 0.9 * (0.25 + 0.75 * length)
    counted = ((text.count(piece), weight) for piece, weight in pieces)
    return sum(weight * count * 1.9 / (count + norm) for count, weight in counted if count)
