"""Beginnings of words with a slip of the fingers: «освищ» is what «освещ» was meant to be.

The dictionary of misspelt words (`spelling`) wants them whole; here a word may still be cut short, so everything one edit away
is tried against the beginnings of known words.
"""

from collections.abc import Callable, Mapping, Sequence

SHORTEST = 4  # letters; shorter beginnings have too many neighbours
LONGEST = 20
NEAREST = 3
_RUSSIAN, _LATIN = "абвгдежзийклмнопрстуфхцчшщъыьэюя", "abcdefghijklmnopqrstuvwxyz"

Begun = Callable[[Sequence[str]], Mapping[str, int]]  # of some beginnings those with which known words begin, and how many do


def meant(word: str, begun: Begun) -> list[str]:
    """Beginnings one edit from a normalised word, the most common first; none for a word with which something begins as it is."""
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha():
        return []
    starts = begun([word[:end] for end in range(1, len(word) + 1)])
    if word in starts:
        return []
    # What comes before the slip is right, so the slip is no later than just behind the longest beginning that is known.
    known = max(map(len, starts), default=0)
    found = begun([one for at in range(1, known + 1) for one in _edits(word, at)]) if known else {}
    return sorted(found, key=lambda one: (-found[one], one))[:NEAREST]


def _edits(word: str, at: int) -> set[str]:
    """The word with a slip at one of its letters undone: a letter left out, put in, mistaken, swapped with one of the next two."""
    before, rest = word[:at], word[at:]
    letters = _LATIN if word.isascii() else _RUSSIAN
    edits = {before + letter + rest for letter in letters} | {before + letter + rest[1:] for letter in letters if rest}
    swapped = {before + rest[1:2] + rest[:1] + rest[2:], before + rest[2:3] + rest[1:2] + rest[:1] + rest[3:]}
    return (edits | swapped | {before + rest[1:]}) - {word}
