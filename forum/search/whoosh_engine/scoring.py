"""The scores of all documents at once, with numpy over Whoosh's postings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forum.search.ranking import K1, idf
from forum.search.second_opinion import SecondOpinion, Words
from forum.search.understanding import Alternative, Wanted
from forum.search.whoosh_engine.gains import Gain, Scores
from forum.search.whoosh_engine.snapshot import Snapshot

ALL = 0.999  # of the weight of the words: who has so much has them all


@dataclass(frozen=True, slots=True)
class Ranked:
    """By document: its score, and what share of the weight of the wanted words it has."""

    scores: Scores
    covered: NDArray[np.float32]


def rank(snapshot: Snapshot, wanted: Sequence[Wanted], enclosed: bool = True) -> Ranked:
    """BM25 with Lucene's idf; of the alternatives of a word the best counts. `enclosed`: the documents of an entry are looked at too."""
    size = len(snapshot.alive)
    scores, covered = np.zeros(size), np.zeros(size, np.float32)
    importance = [_importance(snapshot, word) for word in wanted]
    whole = sum(importance) or 1.0
    for word, share in zip(wanted, importance, strict=True):
        best = _best(snapshot, word, size, enclosed)
        best.add_to(scores)
        best.mark(covered, share / whole)
    if snapshot.by_kind is not None:
        scores *= snapshot.by_kind
    return Ranked(scores, covered)


def _best(snapshot: Snapshot, word: Wanted, size: int, enclosed: bool) -> Gain:
    """What a word adds to the documents that have it or what stands for it."""
    found = [gain for one in word.alternatives if len((gain := _alternative(snapshot, one, word.weight, enclosed)).weights)]
    if len(found) == 1:
        return found[0]
    best = np.zeros(size, np.float32)
    for one in found:
        one.raise_to(best)
    return Gain(best)


def _importance(snapshot: Snapshot, word: Wanted) -> float:
    """How rare a word is: of its alternatives the commonest counts, since that is what was likely meant; a phrase is as its rarest word."""
    return min(idf(snapshot.documents, min(map(snapshot.frequency, one.terms), default=0)) for one in word.alternatives)


def _alternative(snapshot: Snapshot, one: Alternative, weight: float, enclosed: bool) -> Gain:
    gains = [_gain(snapshot, term, weight * one.weight, enclosed) for term in one.terms]
    if len(gains) == 1:
        return gains[0]
    # A phrase that stands for a word: all of its words, each adding its share.
    parts = [each.listed() for each in gains]
    common = parts[0][0]
    for docs, _ in parts[1:]:
        common = np.intersect1d(common, docs, assume_unique=True)
    shares = np.array([weights[np.searchsorted(docs, common)] for docs, weights in parts])
    return Gain(shares.mean(axis=0), common)


def _gain(snapshot: Snapshot, term: str, weight: float, enclosed: bool) -> Gain:
    """What a search term adds to each entry that has it, or (`enclosed`) whose documents have it."""
    tally = snapshot.tally(term)
    containing = tally.own or (len(tally.parts) if tally.docs is not None else int(np.count_nonzero(tally.parts)))
    tally = tally if enclosed else tally.alone()
    norm = snapshot.norm if tally.docs is None else snapshot.norm[tally.docs]
    counts = tally.parts.astype(np.float32)
    norm = norm + counts
    counts *= np.float32(weight * idf(snapshot.documents, containing) * (K1 + 1))
    counts /= norm
    return Gain(counts, tally.docs)


def second_opinion(snapshot: Snapshot, numbers: Sequence[int], forms: Sequence[str]) -> list[float]:
    """What a closer look adds to the scores of some documents."""
    lengths, sizes = snapshot.columns["length"], snapshot.columns["pieces"]
    documents = [
        Words(text, float(lengths[number]) / snapshot.mean_length, float(sizes[number]) / snapshot.mean_pieces)
        for number, text in zip(numbers, snapshot.words(numbers), strict=True)
    ]
    return SecondOpinion(forms, snapshot).of(documents)
