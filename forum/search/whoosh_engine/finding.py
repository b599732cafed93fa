"""How a question is answered on one snapshot of the index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forum.search.analysis import in_dictionary, token, tokens, words
from forum.search.port import COUNTED, Hit, Query, Results
from forum.search.query import Asked, parse
from forum.search.whoosh_engine.schema import exact_key
from forum.search.whoosh_engine.scoring import RERANKED, Scores, Wanted, rank, second_opinion
from forum.search.whoosh_engine.snapshot import Mask, Snapshot

HALF_OF_BEST = 0.5
NUMBER_OF = {"new": "published", "votes": "votes", "discussed": "comments"}


@dataclass(frozen=True, slots=True)
class Matches:
    """What the words of a question match, before any filter."""

    mask: Mask
    scores: Scores
    loosened: bool = False


def answer(snapshot: Snapshot, query: Query) -> Results:
    """Everything but the time it took."""
    asked = parse(query.text)
    wanted = [_wanted(snapshot, word) for word in asked.words]
    matches = _match(snapshot, asked, wanted, query.sort)
    filters = _filters(snapshot, query, asked)
    passing = matches.mask & _all(filters, len(matches.mask))
    order = _order(snapshot, query, asked, wanted, matches.scores, passing)
    page = order[query.offset : query.offset + query.limit]
    numbers = snapshot.columns["number"]
    return Results(
        total=int(passing.sum()),
        hits=[Hit(int(numbers[number]), round(float(matches.scores[number]), 4)) for number in page],
        suggestion=_suggestion(asked, wanted),
        facets=_count(snapshot, matches.mask, filters),
        terms=frozenset(term for word in wanted for term in word.terms),
        loosened=matches.loosened,
    )


def _wanted(snapshot: Snapshot, word: str) -> Wanted:
    """A word as it stands where a document or the dictionary has it; else with its nearest known ones."""
    own = token(word)
    if snapshot.lexicon is None or len(snapshot.postings("forms", word).docs) or in_dictionary(word):
        return Wanted(word, (own,))
    near = snapshot.lexicon.corrections(word)
    nearest = [candidate for candidate, edits in near if edits == near[0][1]]
    # Its own term stays: the word may be right, and only this form of it new.
    return Wanted(word, tuple(dict.fromkeys([own, *map(token, nearest)])), nearest[0]) if nearest else Wanted(word, (own,))


def _match(snapshot: Snapshot, asked: Asked, wanted: Sequence[Wanted], sort: str) -> Matches:
    scores, having = rank(snapshot, wanted)
    if asked.words:
        mask = having > 0
        if sort != "fit":
            mask = _telling(mask, scores, having, len(wanted))
    else:
        # Nothing but filters or exclusions (or nothing at all): everything. Only stop words or signs: nothing.
        mask = snapshot.alive.copy() if not asked.text.strip() else np.zeros_like(snapshot.alive)
    together = mask.copy()
    for phrase in asked.phrases:
        together &= snapshot.phrase(tokens(phrase))
    loosened = bool(asked.phrases) and not together.any() and bool(mask.any())
    mask = mask if loosened else together
    for text in asked.excluded:
        mask &= ~snapshot.phrase(tokens(text))
    return Matches(mask, scores, loosened)


def _telling(mask: Mask, scores: Scores, having: NDArray[np.int16], wanted: int) -> Mask:
    """For orders that ignore the score: documents with every word, else those that come near the best."""
    every = having >= wanted
    return every if every.any() else mask & (scores >= HALF_OF_BEST * scores.max(initial=0.0))


def _filters(snapshot: Snapshot, query: Query, asked: Asked) -> dict[str, Mask]:
    chosen: dict[str, list[str]] = {name: list(values) for name, values in query.filters.items() if values}
    if query.kinds:
        chosen["kind"] = list(query.kinds)
    for name, value in asked.fields:
        chosen.setdefault(name, []).append(exact_key(value) if name == "author" else value)
    return {name: snapshot.mask("facet", [f"{name}={value}" for value in values]) for name, values in chosen.items()}


def _all(filters: Mapping[str, Mask], size: int, but: str | None = None) -> Mask:
    mask = np.ones(size, np.bool_)
    for name, passing in filters.items():
        if name != but:
            mask &= passing
    return mask


def _count(snapshot: Snapshot, mask: Mask, filters: Mapping[str, Mask]) -> dict[str, dict[str, int]]:
    return {name: snapshot.count(name, mask & _all(filters, len(mask), but=name)) for name in COUNTED}


def _order(
    snapshot: Snapshot, query: Query, asked: Asked, wanted: Sequence[Wanted], scores: Scores, passing: Mask
) -> list[int]:
    """The documents up to the end of the page wanted, the best first; equals by newness."""
    found = np.flatnonzero(passing)
    published, numbers = snapshot.columns["published"][found], snapshot.columns["number"][found]
    if query.sort != "fit" or not asked.words:
        first = snapshot.columns[NUMBER_OF.get(query.sort, "published")][found]
        return [int(number) for number in found[np.lexsort((-numbers, -published, -first))]][: query.offset + query.limit]
    needed = max(RERANKED, query.offset + query.limit)
    if len(found) > needed:
        worst = np.partition(scores[found], len(found) - needed)[len(found) - needed]
        keep = scores[found] >= worst
        found, published, numbers = found[keep], published[keep], numbers[keep]
    ranked = found[np.lexsort((-numbers, -published, -scores[found]))]
    return _rerank(snapshot, asked, wanted, scores, [int(number) for number in ranked], passing)


def _rerank(
    snapshot: Snapshot, asked: Asked, wanted: Sequence[Wanted], scores: Scores, ranked: list[int], passing: Mask
) -> list[int]:
    head, tail = ranked[:RERANKED], ranked[RERANKED:]
    forms = list(dict.fromkeys([*asked.words, *(word.mended for word in wanted if word.mended)]))
    for number, more in zip(head, second_opinion(snapshot, head, forms), strict=True):
        scores[number] += more
    head.sort(key=lambda number: -scores[number])
    exact = [int(number) for number in snapshot.postings("exact", exact_key(asked.text)).docs if passing[number]]
    return [*exact, *(number for number in head + tail if number not in exact)]


def _suggestion(asked: Asked, wanted: Sequence[Wanted]) -> str | None:
    mended = {word.word: word.mended for word in wanted if word.mended}
    if not mended:
        return None
    pieces = asked.text.split()
    return " ".join(next((mended[word] for word in words(piece) if word in mended), piece) for piece in pieces)
