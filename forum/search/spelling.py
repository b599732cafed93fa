"""Nearest known words of a misspelt one, whatever the engine: symmetric deletion, then distance, then frequency.

A word and everything that is left of it when one letter is taken out are keys; two words within one edit of each other
share a key.
"""

from collections.abc import Iterable

SHORTEST = 4  # shorter words have too many neighbours to guess among
CANDIDATES = 8


def keys(word: str) -> set[str]:
    """What a word is found by: itself and itself without each one of its letters."""
    return {word, *(word[:i] + word[i + 1 :] for i in range(len(word)))}


def asked(word: str) -> set[str]:
    """What a misspelt word is looked up by: its keys; and, since that is a common slip of two edits, letters swapped across another."""
    return keys(word) | {word[:i] + word[i + 2] + word[i + 1] + word[i] + word[i + 3 :] for i in range(len(word) - 2)}


def worth_keys(word: str) -> bool:
    """Whether a known word can be what somebody meant by a misspelt one."""
    return len(word) >= SHORTEST - 1 and not word.isdigit()


def nearest(word: str, candidates: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Of known words (with frequencies) those within two edits, with their distance: the nearest first, then the most frequent."""
    graded = [(edits, -frequency, known) for known, frequency in candidates if 0 < (edits := distance(word, known)) <= 2]
    return [(known, edits) for edits, _, known in sorted(graded)[:CANDIDATES]]


def distance(one: str, other: str) -> int:
    """Edits between two words: insertions, deletions, replacements and swaps of neighbours."""
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        current = [i]
        for j, b in enumerate(other, 1):
            best = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                best = min(best, before[j - 2] + 1)
            current.append(best)
        before, previous = previous, current
    return previous[-1]
