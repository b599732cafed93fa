"""Who comes first: BM25 over search terms, and a second opinion on the first 50 from word forms and pieces of words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forum.search.analysis import grams
from forum.search.whoosh_engine.schema import bare
from forum.search.whoosh_engine.snapshot import Snapshot

K1, B = 0.9, 0.5
TITLE = 1.0  # a word of the title counts this much more than once
RERANKED, GRAMS, FORMS = 50, 0.10, 0.15

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One word of the question and its search terms: several where it is unknown, `mended` being the likeliest known word."""

    word: str
    terms: tuple[str, ...]
    mended: str | None = None


def idf(documents: int, containing: float) -> float:
    """Lucene's: never negative."""
    return math.log(1 + (documents - containing + 0.5) / (containing + 0.5))


def rank(snapshot: Snapshot, wanted: Sequence[Wanted]) -> tuple[Scores, NDArray[np.int16]]:
    """The score of every document, and how many of the wanted words it has."""
    lengths = snapshot.columns["length"]
    scores, having = np.zeros(len(lengths)), np.zeros(len(lengths), np.int16)
    norm = K1 * (1 - B + B * lengths / snapshot.mean_length)
    for word in wanted:
        best = np.zeros(len(lengths))
        for term in dict.fromkeys(word.terms):
            text, title = snapshot.postings("text", term), snapshot.postings("title", term)
            if not len(text.docs):
                continue
            often = np.zeros(len(lengths), np.float32) if len(title.docs) else None
            if often is not None:
                often[title.docs] = TITLE * title.weights
            weights = text.weights if often is None else text.weights + often[text.docs]
            gain = idf(snapshot.size, len(text.docs)) * weights * (K1 + 1) / (weights + norm[text.docs])
            best[text.docs] = np.maximum(best[text.docs], gain)
        scores += best
        having += best > 0
    return scores, having


def second_opinion(snapshot: Snapshot, numbers: Sequence[int], asked: Sequence[str]) -> list[float]:
    """What exact word forms and shared pieces of words add to the scores of some documents."""
    forms = [(bare([word]), idf(snapshot.size, len(snapshot.postings("forms", word).docs))) for word in asked]
    frequency = snapshot.lexicon.gram_frequency if snapshot.lexicon else lambda gram: 0.0
    pieces = [(gram.encode() if len(gram) == 4 else bare([gram]), idf(snapshot.size, min(frequency(gram), snapshot.size)))
              for gram in dict.fromkeys(grams(list(asked)))]
    lengths, sizes = snapshot.columns["length"], snapshot.columns["pieces"]
    return [
        FORMS * _bag(text, forms, lengths[number] / snapshot.mean_length) + GRAMS * _bag(text, pieces, sizes[number] / snapshot.mean_pieces)
        for number, text in zip(numbers, snapshot.words(numbers), strict=True)
    ]


def _bag(text: bytes, pieces: Sequence[tuple[bytes, float]], length: float) -> float:
    norm = 0.9 * (0.25 + 0.75 * float(length))
    counted = ((text.count(piece), weight) for piece, weight in pieces)
    return sum(weight * count * 1.9 / (count + norm) for count, weight in counted if count)
