"""Whether two texts are the same or nearly so, told from small sketches of them."""

import zlib
from collections.abc import Sequence
from datetime import timedelta

from forum.core.level import Level
from forum.search.analysis import all_words

DAY = timedelta(days=1)
KEPT = 64
SAME = 0.7
# Of fewer words «Спасибо, возьмём на заметку» is what anybody might say twice.
FEWEST_WORDS = 6
# So many earlier texts of one's own within a day make one more a matter for a moderator.
COPIES = {Level.NEWCOMER: 1, Level.KNOWN: 1, Level.TRUSTED: 5}
# Never more is compared: the latest ones.
MOST_OWN, MOST_OTHERS = 100, 300


def sketch(text: str) -> list[int]:
    """The 64 smallest hashes of the text's pairs of neighbouring words; empty where it is too short to be told from others.

    Of texts with no more pairs that is all of them, so that their likeness is exact.
    """
    words = all_words(text)
    if len(words) < FEWEST_WORDS:
        return []
    return sorted({zlib.crc32(f"{a} {b}".encode()) for a, b in zip(words, words[1:], strict=False)})[:KEPT]


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """Jaccard's index of the pairs of words, between 0 and 1, estimated from two sketches (bottom-k)."""
    both, union = set(one) & set(other), sorted(set(one) | set(other))[:KEPT]
    return sum(hash in both for hash in union) / len(union) if union else 0.0


def same(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether the texts are the same, or nearly."""
    return likeness(one, other) >= SAME
