"""The scores of all documents at once, with numpy over Whoosh's postings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forum.search.ranking import ENCLOSED, K1, TITLE, idf
from forum.search.second_opinion import SecondOpinion, Words
from forum.search.understanding import Alternative, Wanted
from forum.search.whoosh_engine.gains import Gain, Scores, gain
from forum.search.whoosh_engine.postings import Postings
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
        best.add_to(scores, word.weight)
        best.mark(covered, share / whole)
    if snapshot.by_kind is not None:
        scores *= snapshot.by_kind
    return Ranked(scores, covered)


def _best(snapshot: Snapshot, word: Wanted, size: int, enclosed: bool) -> Gain:
    """What a word adds to the documents that have it or what stands for it."""
    found = [(gain, one.weight) for one in word.alternatives if len((gain := _alternative(snapshot, one, enclosed)).weights)]
    if len(found) == 1 and found[0][1] == 1:
        return found[0][0]
    best = np.zeros(size, np.float32)
    for one, weight in found:
        one.raise_to(best, weight)
    return Gain(best)


def _importance(snapshot: Snapshot, word: Wanted) -> float:
    """How rare a word is: of its alternatives the commonest counts, since that is what was likely meant; a phrase is as its rarest word."""
    return min(idf(snapshot.documents, min(map(snapshot.frequency, one.terms), default=0)) for one in word.alternatives)


def _alternative(snapshot: Snapshot, one: Alternative, enclosed: bool) -> Gain:
    """Its weight is not in it yet."""
    work_out, name = (_gain, "gain") if enclosed else (_own_gain, "own gain")
    gains = [snapshot.kept((name, term), lambda term=term: work_out(snapshot, term)) for term in one.terms]  # type: ignore[misc]
    if len(gains) == 1:
        return gains[0]
    # A phrase that stands for a word: all of its words, each adding its share.
    parts = [each.listed() for each in gains]
    common = parts[0].docs
    for other in parts[1:]:
        common = np.intersect1d(common, other.docs, assume_unique=True)
    shares = np.array([part.weights[np.searchsorted(part.docs, common)] for part in parts])
    return Gain(shares.mean(axis=0), common)


def _gain(snapshot: Snapshot, term: str) -> Gain:
    """What a search term adds to each entry that has it, or whose documents have it."""
    own, enclosed = _own_postings(snapshot, term), snapshot.living("enclosed", term)
    if not len(enclosed.docs):
        return gain(own, len(snapshot.alive))
    weights = np.full(len(enclosed.docs), ENCLOSED, np.float32)
    more = _weighed(snapshot, Postings(enclosed.docs, weights), len(own.docs) or len(enclosed.docs))
    # No entry is in both lists.
    docs, gains = np.concatenate([own.docs, more.docs]), np.concatenate([own.weights, more.weights])
    order = np.argsort(docs)
    return gain(Postings(docs[order], gains[order]), len(snapshot.alive))


def _own_gain(snapshot: Snapshot, term: str) -> Gain:
    """The same of what entries say themselves."""
    return gain(_own_postings(snapshot, term), len(snapshot.alive))


def _own_postings(snapshot: Snapshot, term: str) -> Postings:
    text, title = snapshot.living("text", term), snapshot.living("title", term)
    weights = text.weights
    if len(title.docs):
        # Whoever has it in the title has it in the text, and both lists are in order.
        weights = weights.copy()
        weights[np.searchsorted(text.docs, title.docs)] += np.float32(TITLE) * title.weights
    return _weighed(snapshot, Postings(text.docs, weights), len(text.docs))


def _weighed(snapshot: Snapshot, found: Postings, containing: int) -> Postings:
    gains = np.float32(idf(snapshot.documents, containing) * (K1 + 1)) * found.weights / (found.weights + snapshot.norm[found.docs])
    return Postings(found.docs, gains)


def second_opinion(snapshot: Snapshot, numbers: Sequence[int], forms: Sequence[str]) -> list[float]:
    """What a closer look adds to the scores of some documents."""
    lengths, sizes = snapshot.columns["length"], snapshot.columns["pieces"]
    documents = [
        Words(text, float(lengths[number]) / snapshot.mean_length, float(sizes[number]) / snapshot.mean_pieces)
        for number, text in zip(numbers, snapshot.words(numbers), strict=True)
    ]
    return SecondOpinion(forms, snapshot).of(documents)
