"""What is like a text, and which titles a text may be the beginning of, on one snapshot of the index."""

from bisect import bisect_left

import numpy as np

from forum.search.analysis import all_words, words
from forum.search.likeness import attainable, telling
from forum.search.port import Hit
from forum.search.whoosh_engine.merged import Mask
from forum.search.whoosh_engine.scoring import rank
from forum.search.whoosh_engine.snapshot import Snapshot

LOOKED_AT = 64  # titles whose beginning is compared, of those with most votes


def similar(snapshot: Snapshot, title: str, body: str, but: int | None, limit: int) -> list[Hit]:
    """Practices by the score of the text's most telling words, as a share of what the text itself would get."""
    wanted = telling(title, body, snapshot)
    most = attainable(wanted, snapshot)
    if not most:
        return []
    scores = rank(snapshot, wanted).scores
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
    found = np.flatnonzero(mask & snapshot.alive)
    votes, numbers = snapshot.columns["votes"], snapshot.columns["number"]
    order = found[np.lexsort((-numbers[found], -votes[found]))][:LOOKED_AT]
    beginning = f" {' '.join(words(text))}".encode()
    begins = [not titled.startswith(beginning) for titled in snapshot.words(order.tolist())]
    return [int(numbers[one]) for _, one in sorted(zip(begins, order.tolist(), strict=True), key=lambda pair: pair[0])][:limit]


def _with_word(snapshot: Snapshot, word: str, cut_short: bool) -> Mask:
    """Documents whose title has the word, or one that begins so."""
    mask = np.zeros(len(snapshot.alive), np.bool_)
    first = word.encode()
    for _, offset, segment in snapshot.leaves:
        heads = segment.columns.heads
        start = bisect_left(heads.words, first)
        # \xff is in no UTF-8: it comes after all that begin so.
        end = bisect_left(heads.words, first + b"\xff" if cut_short else first + b"\0", start)
        mask[heads.docs[heads.starts[start] : heads.starts[end]] + offset] = True
    return mask
