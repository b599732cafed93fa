"""The scores of all documents at once, with numpy over Whoosh's postings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forum.search.ranking import K1, KINDS, TITLE, B, SecondOpinion, Words, idf
from forum.search.understanding import Alternative, Wanted
from forum.search.whoosh_engine.snapshot import Snapshot

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ranked:
    """By document: its score, how many of the wanted words it has, and what share of their weight."""

    scores: Scores
    having: NDArray[np.int16]
    covered: Scores


@dataclass(frozen=True, slots=True)
class Gain:
    """What an alternative adds to the documents that have it."""

    docs: NDArray[np.int32]
    gains: Scores


def rank(snapshot: Snapshot, wanted: Sequence[Wanted]) -> Ranked:
    """BM25 with Lucene's idf; of the alternatives of a word the best counts."""
    size = len(snapshot.alive)
    ranked = Ranked(np.zeros(size), np.zeros(size, np.int16), np.zeros(size))
    norm = np.float64(K1) * (1 - B + B * snapshot.columns["length"] / snapshot.mean_length)
    for word in wanted:
        found = [gain for one in word.alternatives if len((gain := _alternative(snapshot, one, norm)).docs)]
        if len(found) == 1:  # no document twice: added at once
            docs, gains = found[0].docs, found[0].gains
        else:
            best = np.zeros(size)
            for one in found:
                best[one.docs] = np.maximum(best[one.docs], one.gains)
            docs = np.flatnonzero(best).astype(np.int32)
            gains = best[docs]
        ranked.scores[docs] += word.weight * gains
        ranked.having[docs] += 1
        ranked.covered[docs] += _importance(snapshot, word)
    _weigh_kinds(snapshot, ranked.scores)
    total = sum(_importance(snapshot, word) for word in wanted)
    return Ranked(ranked.scores, ranked.having, ranked.covered / total if total else ranked.covered)


def _importance(snapshot: Snapshot, word: Wanted) -> float:
    """How rare a word is: of its alternatives the commonest counts, since that is what was likely meant."""
    return min(idf(snapshot.documents, max(map(snapshot.frequency, one.terms), default=0)) for one in word.alternatives)


def _alternative(snapshot: Snapshot, one: Alternative, norm: Scores) -> Gain:
    gains = [_term(snapshot, term, norm) for term in one.terms]
    if len(gains) == 1:
        return Gain(gains[0].docs, one.weight * gains[0].gains)
    # A phrase that stands for a word: all of its words, each adding its share.
    common = gains[0].docs
    for other in gains[1:]:
        common = np.intersect1d(common, other.docs, assume_unique=True)
    shares = np.array([gain.gains[np.searchsorted(gain.docs, common)] for gain in gains])
    return Gain(common, one.weight * shares.mean(axis=0))


def _term(snapshot: Snapshot, term: str, norm: Scores) -> Gain:
    text, title = snapshot.postings("text", term), snapshot.postings("title", term)
    weights = text.weights.astype(np.float64)
    if len(title.docs):
        # Whoever has it in the title has it in the text, and both lists are in order.
        weights[np.searchsorted(text.docs, title.docs)] += TITLE * title.weights
    gains = idf(snapshot.documents, len(text.docs)) * weights * (K1 + 1) / (weights + norm[text.docs])
    return Gain(text.docs, gains)


def _weigh_kinds(snapshot: Snapshot, scores: Scores) -> None:
    for kind, weight in KINDS.items():
        scores[snapshot.postings("facet", f"kind={kind}").docs] *= weight


def second_opinion(snapshot: Snapshot, numbers: Sequence[int], forms: Sequence[str]) -> list[float]:
    """What exact word forms and shared pieces of words add to the scores of some documents."""
    opinion = SecondOpinion(forms, snapshot)
    lengths, sizes = snapshot.columns["length"], snapshot.columns["pieces"]
    return [
        opinion.of(Words(text, float(lengths[number]) / snapshot.mean_length, float(sizes[number]) / snapshot.mean_pieces))
        for number, text in zip(numbers, snapshot.words(numbers), strict=True)
    ]
