"""A closer look at the first of a ranking: word forms, pieces of words, neighbours and the beginning of a text.

All documents are looked through at once, laid end to end as an array of letters: one by one takes five times as long.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from os.path import commonprefix

import numpy as np
from numpy.typing import NDArray

from forum.search.analysis import grams, token
from forum.search.ranking import BEGINNING, EARLY, FORMS, GRAM, GRAMS, NEIGHBOURS, idf
from forum.search.vocabulary import Vocabulary

Letters = NDArray[np.uint64]
Marks = NDArray[np.bool_]
Numbers = NDArray[np.float64]

SPACE, OTHER = ord(" "), 0xFFFD
PADDING = " " * 64  # no word asked for is looked for past the end
SIEVE = 12  # bits


@dataclass(frozen=True, slots=True)
class Words:
    """A document for the second opinion: its bare words (`bare`), and its lengths in words and pieces as multiples of the mean."""

    text: bytes
    length: float
    pieces: float


def bare(some: Sequence[str]) -> bytes:
    """Words with a space on either side, so that a whole word can be looked for with its spaces."""
    return f" {' '.join(some)} ".encode()


class SecondOpinion:
    """What the parts of a question as it was typed (`forms`) add to the scores of documents."""

    def __init__(self, forms: Sequence[str], vocabulary: Vocabulary) -> None:
        size = vocabulary.documents
        self._forms = [(f" {word} ", idf(size, vocabulary.form_frequency(word))) for word in forms]
        pieces = dict.fromkeys(grams(list(forms)))
        weights = {piece: idf(size, min(vocabulary.gram_frequency(piece), size)) for piece in pieces}
        self._short = [(f" {piece} ", weight) for piece, weight in weights.items() if len(piece) < GRAM]
        self._pieces = Pieces({piece: weight for piece, weight in weights.items() if len(piece) == GRAM})
        self._stems = [(" " + _stem(word), idf(size, vocabulary.frequency(token(word)))) for word in forms]

    def of(self, documents: Sequence[Words]) -> list[float]:
        """To be added to the documents' scores."""
        if not documents:
            return []
        text = EndToEnd([document.text for document in documents])
        lengths = np.array([document.length for document in documents])
        pieces = np.array([document.pieces for document in documents])
        total: Numbers = (
            FORMS * _bag(text, self._forms, lengths)
            + GRAMS * (_bag(text, self._short, pieces) + self._pieces.of(text, pieces))
            + self._placed(text)
        )
        return [float(one) for one in total]

    def _placed(self, text: "EndToEnd") -> Numbers:
        """For words that stand together as they were asked for, and for those at the beginning."""
        marks = [text.words_with(stem) for stem, _ in self._stems]
        gained = np.zeros(text.documents)
        for (_, weight), marked in zip(self._stems, marks, strict=True):
            gained += EARLY * weight * text.any(marked & text.early)
        both = zip(pairwise(marks), pairwise(weight for _, weight in self._stems), strict=True)
        for (one, other), weights in both:
            # In either order.
            together = one[:-1] & other[1:] | other[:-1] & one[1:]
            gained += NEIGHBOURS * min(weights) * text.any(together)
        return gained


class EndToEnd:
    """Documents as one text: every run of four letters as one number, and where words and documents begin.

    Between the last word of a document and the first of the next stands an empty one: no words of two are neighbours.
    """

    def __init__(self, texts: Sequence[bytes]) -> None:
        self.documents = len(texts)
        letters = _letters(b"".join(texts).decode() + PADDING)
        self.runs = _runs(letters)
        self._starts = np.flatnonzero(letters[: len(self.runs)] == SPACE)  # of words, each with the space before it
        self._heads = self.runs[self._starts]
        sizes = np.array([text.count(b" ") for text in texts])  # words, the empty one at the end included
        first = np.cumsum(sizes) - sizes
        self._owners = np.repeat(np.arange(self.documents), sizes)
        size = len(self._owners)
        self._starts, self._heads = self._starts[:size], self._heads[:size]
        self.early: Marks = np.arange(size) - first[self._owners] < BEGINNING
        self._run_ends = np.append(self._starts, len(self.runs))[[*first[1:], size]]

    def words_with(self, beginning: str) -> Marks:
        """Which words begin so; `beginning` starts with a space, and ends with one where the whole word is meant."""
        marks: Marks = self._heads >> np.uint64(16 * max(0, GRAM - len(beginning))) == _number(beginning[:GRAM])
        if len(beginning) > GRAM:
            found = np.flatnonzero(marks)
            for at in [*range(GRAM, len(beginning) - GRAM, GRAM), len(beginning) - GRAM]:
                # A word longer than what is left of the text ends in the padding, which no word has.
                places = np.minimum(self._starts[found] + at, len(self.runs) - 1)
                found = found[self.runs[places] == _number(beginning[at : at + GRAM])]
            marks = np.zeros_like(marks)
            marks[found] = True
        return marks

    def any(self, words: Marks) -> Marks:
        """Which documents have one of the marked words; there may be a mark less than words."""
        found = np.zeros(self.documents, np.bool_)
        found[self._owners[np.flatnonzero(words)]] = True
        return found

    def count(self, words: Marks) -> NDArray[np.int64]:
        """How many of the marked words each document has."""
        return np.bincount(self._owners[np.flatnonzero(words)], minlength=self.documents)

    def owners_of(self, runs: NDArray[np.int64]) -> NDArray[np.int64]:
        """The documents in which runs of letters stand, by their numbers."""
        return np.searchsorted(self._run_ends, runs, side="right")


class Pieces:
    """BM25 over pieces of words: a piece is one number of four letters."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        order = sorted((int(_number(piece)), weight) for piece, weight in weights.items())
        self._known = np.array([number for number, _ in order], np.uint64)
        self._weights = np.array([weight for _, weight in order])
        # Most runs of a text are no piece: a table of a few thousand bits tells so at once.
        self._sieve = np.zeros(1 << SIEVE, np.bool_)
        self._sieve[_sieved(self._known)] = True

    def of(self, text: EndToEnd, lengths: Numbers) -> Numbers:
        """The score of each document; `lengths` in pieces, as multiples of the mean."""
        kinds = len(self._known)
        if not kinds:
            return np.zeros(text.documents)
        likely = np.flatnonzero(self._sieve[_sieved(text.runs)])
        runs = text.runs[likely]
        places = np.minimum(np.searchsorted(self._known, runs), kinds - 1)
        found = self._known[places] == runs
        cells = text.owners_of(likely[found]) * kinds + places[found]
        counts = np.bincount(cells, minlength=text.documents * kinds).reshape(text.documents, kinds)
        scores: Numbers = (self._weights * counts * 1.9 / (counts + _norms(lengths)[:, None])).sum(axis=1)
        return scores


def _sieved(runs: Letters) -> NDArray[np.uint64]:
    return runs * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(64 - SIEVE)


def _runs(letters: NDArray[np.uint16]) -> Letters:
    """Every run of four letters as one number."""
    pairs = letters[:-1].astype(np.uint32) << np.uint32(16) | letters[1:]
    return pairs[:-2].astype(np.uint64) << np.uint64(32) | pairs[2:]


def _letters(text: str) -> NDArray[np.uint16]:
    """Each letter as a number; those of rare scripts beyond 16 bits are all the same one."""
    return np.minimum(np.frombuffer(text.encode("utf-32-le"), np.uint32), OTHER).astype(np.uint16)


def _number(letters: str) -> np.uint64:
    """A run of at most four letters as it stands at the end of a number."""
    number = 0
    for letter in letters[:GRAM]:
        number = number << 16 | min(ord(letter), OTHER)
    return np.uint64(number)


def _stem(word: str) -> str:
    """What the forms of a word begin with: as far as it agrees with its search term."""
    shared = commonprefix([word, token(word)])
    return shared if len(shared) > 2 else word


def _bag(text: EndToEnd, words: Sequence[tuple[str, float]], lengths: Numbers) -> Numbers:
    norms, score = _norms(lengths), np.zeros(text.documents)
    for word, weight in words:
        counts = text.count(text.words_with(word))
        score += weight * counts * 1.9 / (counts + norms)
    return score


def _norms(lengths: Numbers) -> Numbers:
    return 0.9 * (0.25 + 0.75 * lengths)
