"""What is like a text, and which titles a text may be the beginning of, on one snapshot of the index."""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from forum.search.analysis import all_words, words
from forum.search.likeness import attainable, telling
from forum.search.port import Hit
from forum.search.whoosh_engine.merged import Mask
from forum.search.whoosh_engine.scoring import rank
from forum.search.whoosh_engine.snapshot import Snapshot

LOOKED_AT = 64  # titles whose beginning is compared, of those with most votes
READ_AT_ONCE = 16


def similar(snapshot: Snapshot, title: str, body: str, but: int | None, limit: int) -> list[Hit]:
    """Practices by the score of the text's most telling words, as a share of what the text itself would get."""
    wanted = telling(title, body, snapshot)
    most = attainable(wanted, snapshot)
    if not most:
        return []
    scores = rank(snapshot, wanted, enclosed=False).scores
    candidates = snapshot.postings("facet", "kind=practice").docs
    numbers = snapshot.columns["number"]
    candidates = candidates[(scores[candidates] > 0) & (numbers[candidates] != (but or 0))]
    if len(candidates) > limit:  # sorting all of them would take longer than scoring them
        candidates = candidates[scores[candidates] >= np.partition(scores[candidates], -limit)[-limit]]
    order = candidates[np.lexsort((-numbers[candidates], -scores[candidates]))][:limit]
    return [Hit(int(numbers[one]), round(min(1.0, float(scores[one]) / most), 4)) for one in order]


def complete(snapshot: Snapshot, text: str, limit: int) -> list[int]:
    """Ids of practices."""
    typed = all_words(text)
    if not typed:
        return []
    whole, last = typed[:-1], typed[-1]
    mask = _with_word(snapshot, last, cut_short=True)
    for word in whole:
        mask &= _with_word(snapshot, word, cut_short=False)
    order = _by_votes(snapshot, mask)
    numbers = snapshot.columns["number"]
    return [int(numbers[one]) for one in _beginning_first(snapshot, order, f" {' '.join(words(text))}".encode(), limit)]


def _by_votes(snapshot: Snapshot, mask: Mask) -> list[int]:
    """Of the living documents in the mask those with the most votes, these first; titles of other than practices have no heads."""
    foremost = snapshot.foremost
    order = foremost[mask[foremost]]
    if len(order) < LOOKED_AT:  # else all others have fewer votes
        order = np.flatnonzero(mask & snapshot.alive)
        if len(order) > LOOKED_AT:
            order = order[np.argpartition(snapshot.by_votes[order], -LOOKED_AT)[-LOOKED_AT:]]
        order = order[np.argsort(-snapshot.by_votes[order])]
    shown: list[int] = order[:LOOKED_AT].tolist()
    return shown


def _beginning_first(snapshot: Snapshot, order: list[int], beginning: bytes, limit: int) -> list[int]:
    """Of titles those that begin so come first; no more are read than it takes to know."""
    begins: list[int] = []
    for at in range(0, len(order), READ_AT_ONCE):
        some = order[at : at + READ_AT_ONCE]
        begins += [one for one, titled in zip(some, snapshot.words(some), strict=True) if titled.startswith(beginning)]
        if len(begins) >= limit:
            return begins[:limit]
    return [*begins, *(one for one in order if one not in begins)][:limit]


def begun(snapshot: Snapshot, beginnings: Sequence[str]) -> dict[str, int]:
    """Those with which words of titles begin, with how often."""
    found: dict[str, int] = {}
    for _, _, segment in snapshot.leaves:
        heads = segment.columns.heads
        for beginning in beginnings:
            first = beginning.encode()
            start = bisect_left(heads.words, first)
            if start < len(heads.words) and heads.words[start].startswith(first):
                end = bisect_left(heads.words, first + b"\xff", start)
                found[beginning] = found.get(beginning, 0) + int(heads.starts[end] - heads.starts[start])
    return found


def _with_word(snapshot: Snapshot, word: str, cut_short: bool) -> Mask:
    """Documents whose title has the word, or one that begins so."""
    mask = np.zeros(len(snapshot.alive), np.bool_)
    first = word.encode()
    for _, offset, segment in snapshot.leaves:
        heads = segment.columns.heads
        start = bisect_left(heads.words, first)
        # \xff is in no UTF-8: it comes after all that begin so.
        end = bisect_left(heads.words, first + b"\xff" if cut_short else first + b"\0", start)
        mask[offset : offset + segment.size][heads.docs[heads.starts[start] : heads.starts[end]]] = True
    return mask
