"""The scores of all documents at once, with numpy over Whoosh's postings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forum.search.ranking import K1, KINDS, TITLE, SecondOpinion, Words, idf
from forum.search.understanding import Alternative, Wanted
from forum.search.whoosh_engine.postings import NOTHING, Postings
from forum.search.whoosh_engine.snapshot import Snapshot

Scores = NDArray[np.float64]
ALL = 0.999  # of the weight of the words: who has so much has them all


@dataclass(frozen=True, slots=True)
class Ranked:
    """By document: its score, and what share of the weight of the wanted words it has."""

    scores: Scores
    covered: Scores


def rank(snapshot: Snapshot, wanted: Sequence[Wanted]) -> Ranked:
    """BM25 with Lucene's idf; of the alternatives of a word the best counts."""
    size = len(snapshot.alive)
    gains = [_best(snapshot, word, size) for word in wanted]
    importance = np.array([_importance(snapshot, word) for word in wanted])
    shares = importance / (importance.sum() or 1.0)
    docs = np.concatenate([gain.docs for gain in gains] or [NOTHING.docs])
    added = [gain.weights if word.weight == 1 else np.float32(word.weight) * gain.weights for word, gain in zip(wanted, gains, strict=True)]
    # Counted in one pass over all postings: adding to the documents word by word takes several times as long.
    scores = _sums(docs, np.concatenate(added or [NOTHING.weights]), size)
    covered = _sums(docs, np.repeat(shares, [len(gain.docs) for gain in gains]), size)
    for kind, weight in KINDS.items():
        scores[snapshot.postings("facet", f"kind={kind}").docs] *= weight
    return Ranked(scores, covered)


def _sums(docs: NDArray[np.int32], weights: NDArray[Any], size: int) -> Scores:
    if not len(docs):
        return np.zeros(size)
    summed: Scores = np.bincount(docs, weights, minlength=size).astype(np.float64, copy=False)
    return summed


def _best(snapshot: Snapshot, word: Wanted, size: int) -> Postings:
    """What a word adds to the documents that have it or what stands for it."""
    found = [gain for one in word.alternatives if len((gain := _alternative(snapshot, one)).docs)]
    if len(found) == 1:
        return found[0]
    best = np.zeros(size, np.float32)
    for one in found:
        best[one.docs] = np.maximum(best[one.docs], one.weights)
    docs = np.flatnonzero(best).astype(np.int32)
    return Postings(docs, best[docs])


def _importance(snapshot: Snapshot, word: Wanted) -> float:
    """How rare a word is: of its alternatives the commonest counts, since that is what was likely meant; a phrase is as its rarest word."""
    return min(idf(snapshot.documents, min(map(snapshot.frequency, one.terms), default=0)) for one in word.alternatives)


def _alternative(snapshot: Snapshot, one: Alternative) -> Postings:
    gains = [snapshot.kept(("gain", term), lambda term=term: _gain(snapshot, term)) for term in one.terms]  # type: ignore[misc]
    if len(gains) == 1:
        return gains[0] if one.weight == 1 else Postings(gains[0].docs, np.float32(one.weight) * gains[0].weights)
    # A phrase that stands for a word: all of its words, each adding its share.
    common = gains[0].docs
    for other in gains[1:]:
        common = np.intersect1d(common, other.docs, assume_unique=True)
    shares = np.array([gain.weights[np.searchsorted(gain.docs, common)] for gain in gains])
    return Postings(common, np.float32(one.weight) * shares.mean(axis=0))


def _gain(snapshot: Snapshot, term: str) -> Postings:
    """What a search term adds to each document that has it."""
    text, title = snapshot.living("text", term), snapshot.living("title", term)
    weights = text.weights
    if len(title.docs):
        # Whoever has it in the title has it in the text, and both lists are in order.
        weights = weights.copy()
        weights[np.searchsorted(text.docs, title.docs)] += np.float32(TITLE) * title.weights
    gains = np.float32(idf(snapshot.documents, len(text.docs)) * (K1 + 1)) * weights / (weights + snapshot.norm[text.docs])
    return Postings(text.docs, gains)


def second_opinion(snapshot: Snapshot, numbers: Sequence[int], forms: Sequence[str]) -> list[float]:
    """What a closer look adds to the scores of some documents."""
    lengths, sizes = snapshot.columns["length"], snapshot.columns["pieces"]
    documents = [
        Words(text, float(lengths[number]) / snapshot.mean_length, float(sizes[number]) / snapshot.mean_pieces)
        for number, text in zip(numbers, snapshot.words(numbers), strict=True)
    ]
    return SecondOpinion(forms, snapshot).of(documents)
