"""Who comes first, whatever the engine: BM25 over search terms, then a second opinion on the first from word forms and pieces of words."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from os.path import commonprefix

from forum.search.analysis import grams, token
from forum.search.vocabulary import Vocabulary

K1, B = 0.9, 0.5
TITLE = 1.0  # a word of the title counts this much more than once
# The second opinion: of how many, and what its parts count. The last two are what a reader looks at: words that stand
# together as they were asked for, and the beginning (title and summary).
RERANKED, GRAMS, FORMS, NEIGHBOURS, EARLY = 50, 0.10, 0.15, 0.2, 0.2
BEGINNING = 40  # words
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
    """What exact word forms, shared pieces of words, neighbours and the beginning of a text add to a score."""

    def __init__(self, forms: Sequence[str], vocabulary: Vocabulary) -> None:
        size = vocabulary.documents
        self._forms = [(bare([word]), idf(size, vocabulary.form_frequency(word))) for word in forms]
        self._pieces = [
            (gram.encode() if len(gram) == 4 else bare([gram]), idf(size, min(vocabulary.gram_frequency(gram), size)))
            for gram in dict.fromkeys(grams(list(forms)))
        ]
        stems = [(b" " + _stem(word).encode(), idf(size, vocabulary.frequency(token(word)))) for word in forms]
        self._stems = stems
        self._pairs = [(_neighbours(one, other), min(first, second)) for (one, first), (other, second) in pairwise(stems)]

    def of(self, document: Words) -> float:
        """To be added to the document's score."""
        text = document.text
        beginning = b" ".join(text.split(b" ", BEGINNING + 1)[: BEGINNING + 1])
        return (
            FORMS * _bag(text, self._forms, document.length)
            + GRAMS * _bag(text, self._pieces, document.pieces)
            + NEIGHBOURS * sum(weight for pair, weight in self._pairs if pair.search(text))
            + EARLY * sum(weight for stem, weight in self._stems if stem in beginning)
        )


def _stem(word: str) -> str:
    """What the forms of a word begin with: as far as it agrees with its search term."""
    shared = commonprefix([word, token(word)])
    return shared if len(shared) > 2 else word


def _neighbours(one: bytes, other: bytes) -> re.Pattern[bytes]:
    """Forms of two words side by side, in either order."""
    one, other = re.escape(one), re.escape(other)
    return re.compile(one + b"[^ ]*" + other + b"|" + other + b"[^ ]*" + one)


def _bag(text: bytes, pieces: Sequence[tuple[bytes, float]], length: float) -> float:
    norm = 0.9 * (0.25 + 0.75 * length)
    counted = ((text.count(piece), weight) for piece, weight in pieces)
    return sum(weight * count * 1.9 / (count + norm) for count, weight in counted if count)
