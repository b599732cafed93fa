"""How a question is answered on one snapshot of the index."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forum.search.analysis import tokens
from forum.search.port import COUNTED, Hit, Query, Results
from forum.search.ranking import RERANKED
from forum.search.understanding import Understood, understand
from forum.search.whoosh_engine.bits import Mask
from forum.search.whoosh_engine.gains import Scores
from forum.search.whoosh_engine.schema import exact_key
from forum.search.whoosh_engine.scoring import ALL, Ranked, rank, second_opinion
from forum.search.whoosh_engine.snapshot import Snapshot

HALF_OF_BEST = 0.5
# Orders that ignore the score: the column, and whether the largest comes first.
ORDERS = {
    "new": ("published", -1), "votes": ("votes", -1), "discussed": ("comments", -1), "adopted": ("adoptions", -1), "cost": ("cost", 1),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Matches:
    """What the words of a question match, before any filter."""

    mask: Mask
    scores: Scores
    coverage: float
    loosened: bool = False


def answer(snapshot: Snapshot, query: Query) -> Results:
    """Everything but the time it took."""
    understood = understand(query.text, snapshot, query.synonyms)
    matches = _match(snapshot, understood, query.sort)
    filters = _filters(snapshot, query)
    passing = matches.mask & _all(filters, len(matches.mask))
    order = _order(snapshot, query, understood, matches.scores, passing)
    page = order[query.offset : query.offset + query.limit]
    numbers, enclosed = snapshot.columns["number"], snapshot.mask("enclosed", sorted(understood.terms))
    return Results(
        total=int(passing.sum()),
        hits=[Hit(int(numbers[number]), round(float(matches.scores[number]), 4), bool(enclosed[number])) for number in page],
        suggestion=understood.suggestion,
        facets=_count(snapshot, matches.mask, filters),
        terms=understood.terms,
        loosened=matches.loosened,
        coverage=matches.coverage,
    )


def _match(snapshot: Snapshot, understood: Understood, sort: str) -> Matches:
    asked = understood.asked
    ranked = rank(snapshot, understood.wanted)
    if asked.words:
        mask = ranked.scores > 0
        if sort != "fit":
            mask = _telling(mask, ranked)
    else:
        # Nothing but filters or exclusions (or nothing at all): everything. Only stop words or signs: nothing.
        mask = snapshot.alive.copy() if asked.everything else np.zeros_like(snapshot.alive)
    together = mask.copy()
    for phrase in asked.phrases:
        together &= snapshot.phrase(tokens(phrase))
    loosened = bool(asked.phrases) and not together.any() and bool(mask.any())
    mask = mask if loosened else together
    for text in asked.excluded:
        mask &= ~snapshot.phrase(tokens(text))
    return Matches(mask, ranked.scores, round(float(ranked.covered.max(initial=0.0)), 3), loosened)


def _telling(mask: Mask, ranked: Ranked) -> Mask:
    """For orders that ignore the score: documents with every word, else those that come near the best."""
    every = ranked.covered >= ALL
    return every if every.any() else mask & (ranked.scores >= HALF_OF_BEST * ranked.scores.max(initial=0.0))


def _filters(snapshot: Snapshot, query: Query) -> dict[str, Mask]:
    chosen = {name: list(values) for name, values in query.filters.items() if values}
    if query.kinds:
        chosen["kind"] = list(query.kinds)
    if "author" in chosen:
        chosen["author"] = [exact_key(name) for name in chosen["author"]]
    return {name: snapshot.passing(name, values) for name, values in chosen.items()}


def _all(filters: Mapping[str, Mask], size: int, but: str | None = None) -> Mask:
    mask = np.ones(size, np.bool_)
    for name, passing in filters.items():
        if name != but:
            mask &= passing
    return mask


def _count(snapshot: Snapshot, mask: Mask, filters: Mapping[str, Mask]) -> dict[str, dict[str, int]]:
    """For each facet what its values would give: without its own filter, with all others."""
    others = {name: snapshot.found(mask & _all(filters, len(mask), but=name)) for name in filters if name in COUNTED}
    every = snapshot.found(mask & _all(filters, len(mask)))
    return {name: snapshot.facet(name).count(others.get(name, every)) for name in COUNTED}


def _order(snapshot: Snapshot, query: Query, understood: Understood, scores: Scores, passing: Mask) -> list[int]:
    """The documents up to the end of the page wanted, the best first; equals by newness."""
    found = np.flatnonzero(passing)
    if query.sort != "fit" or not understood.asked.words:
        return _first(snapshot, found, _keys(snapshot, query)[found], query.offset + query.limit)
    ranked = _first(snapshot, found, -scores[found], max(RERANKED, query.offset + query.limit))
    return _rerank(snapshot, understood, scores, ranked, passing)


def _keys(snapshot: Snapshot, query: Query) -> NDArray[np.int64]:
    """By what all documents are ordered, the smallest first, where it is not the score."""
    if query.sort != "near":
        column, sign = ORDERS.get(query.sort, ORDERS["new"])
        return sign * snapshot.columns[column]
    ranks = np.full(len(snapshot.alive), len(query.near), np.int64)
    for place, values in enumerate(query.near):
        for value in values:
            ranks[snapshot.postings("facet", f"profile={value}").docs] = place
    return ranks


def _first(snapshot: Snapshot, found: NDArray[np.int64], keys: NDArray[Any], needed: int) -> list[int]:
    """The documents with the smallest keys, as many as are needed and in order; equals by newness."""
    if len(found) > needed:  # sorting all of them would take longer than scoring them
        keep = keys <= np.partition(keys, needed - 1)[needed - 1]
        found, keys = found[keep], keys[keep]
    published, numbers = snapshot.columns["published"][found], snapshot.columns["number"][found]
    ordered: list[int] = found[np.lexsort((-numbers, -published, keys))][:needed].tolist()
    return ordered


def _rerank(snapshot: Snapshot, understood: Understood, scores: Scores, ranked: list[int], passing: Mask) -> list[int]:
    head, tail, weights = ranked[:RERANKED], ranked[RERANKED:], snapshot.by_kind
    for number, more in zip(head, second_opinion(snapshot, head, understood.forms), strict=True):
        scores[number] += more if weights is None else more * weights[number]
    head.sort(key=lambda number: -scores[number])
    exact = [int(number) for number in snapshot.postings("exact", exact_key(understood.asked.text)).docs if passing[number]]
    return [*exact, *(number for number in head + tail if number not in exact)]
