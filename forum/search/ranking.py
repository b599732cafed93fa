"""Who comes first, whatever the engine: BM25 over search terms, then a second opinion on the first from word forms and pieces of words."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from os.path import commonprefix

import numpy as np
from numpy.typing import NDArray

from forum.search.analysis import grams, token
from forum.search.vocabulary import Vocabulary

K1, B = 0.9, 0.5
TITLE = 1.0  # a word of the title counts this much more than once
# The second opinion: of how many, and what its parts count. The last two are what a reader looks at: words that stand
# together as they were asked for, and the beginning (title and summary).
RERANKED, GRAMS, FORMS, NEIGHBOURS, EARLY = 50, 0.10, 0.15, 0.2, 0.2
BEGINNING = 40  # words
GRAM = 4  # letters of a piece, see `analysis.grams`
# In a list of everything a practice answers more than a remark or a name does.
KINDS = {"comment": 0.8, "person": 0.3}


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
        pieces = dict.fromkeys(grams(list(forms)))
        weights = {piece: idf(size, min(vocabulary.gram_frequency(piece), size)) for piece in pieces}
        self._short = [(bare([piece]), weight) for piece, weight in weights.items() if len(piece) < GRAM]
        self._pieces = Pieces({piece: weight for piece, weight in weights.items() if len(piece) == GRAM})
        self._stems = [(b" " + _stem(word).encode(), idf(size, vocabulary.frequency(token(word)))) for word in forms]

    def of(self, documents: Sequence[Words]) -> list[float]:
        """To be added to the documents' scores."""
        return [
            self._closely(document) + GRAMS * pieces
            for document, pieces in zip(documents, self._pieces.of(documents), strict=True)
        ]

    def _closely(self, document: Words) -> float:
        text, stems = document.text, self._stems
        beginning = b" ".join(text.split(b" ", BEGINNING + 1)[: BEGINNING + 1])
        return (
            FORMS * _bag(text, self._forms, document.length)
            + GRAMS * _bag(text, self._short, document.pieces)
            + NEIGHBOURS * sum(min(first[1], second[1]) for first, second in pairwise(stems) if _side_by_side(text, first[0], second[0]))
            + EARLY * sum(weight for stem, weight in stems if stem in beginning)
        )


class Pieces:
    """BM25 over pieces of words, of many documents at once: letters as numbers, a piece is one number of four of them."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        order = sorted((int(_numbers(piece.encode("utf-16-le"))[0]), weight) for piece, weight in weights.items())
        self._known = np.array([number for number, _ in order], np.uint64)
        self._weights = np.array([weight for _, weight in order])

    def of(self, documents: Sequence[Words]) -> list[float]:
        """The score of each document."""
        if not len(self._known) or not documents:
            return [0.0] * len(documents)
        texts = [_numbers(document.text.decode().encode("utf-16-le")) for document in documents]
        pieces = np.concatenate(texts)
        owners = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
        places = np.minimum(np.searchsorted(self._known, pieces), len(self._known) - 1)
        found = self._known[places] == pieces
        cells = owners[found] * len(self._known) + places[found]
        counts = np.bincount(cells, minlength=len(texts) * len(self._known)).reshape(len(texts), len(self._known))
        norms = 0.9 * (0.25 + 0.75 * np.array([document.pieces for document in documents]))
        scores: list[float] = (self._weights * counts * 1.9 / (counts + norms[:, None])).sum(axis=1).tolist()
        return scores


def _numbers(text: bytes) -> NDArray[np.uint64]:
    """Every run of four letters of a text in UTF-16 as one number."""
    letters = np.frombuffer(text, np.uint16).astype(np.uint64)
    return letters[:-3] << np.uint64(48) | letters[1:-2] << np.uint64(32) | letters[2:-1] << np.uint64(16) | letters[3:]


def _stem(word: str) -> str:
    """What the forms of a word begin with: as far as it agrees with its search term."""
    shared = commonprefix([word, token(word)])
    return shared if len(shared) > 2 else word


def _side_by_side(text: bytes, one: bytes, other: bytes) -> bool:
    """Whether forms of two words stand together, in either order; both begin with the space before them."""
    return _followed(text, one, other) or _followed(text, other, one)


def _followed(text: bytes, one: bytes, other: bytes) -> bool:
    at = text.find(one)
    while at >= 0:
        end = text.find(b" ", at + 1)
        if text.startswith(other, end):
            return True
        at = text.find(one, end)
    return False


def _bag(text: bytes, pieces: Sequence[tuple[bytes, float]], length: float) -> float:
    norm = 0.9 * (0.25 + 0.75 * length)
    counted = ((text.count(piece), weight) for piece, weight in pieces)
    return sum(weight * count * 1.9 / (count + norm) for count, weight in counted if count)
