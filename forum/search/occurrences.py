"""Where the words that answer a question stand in a text."""

import re
import unicodedata
from array import array
from collections.abc import Collection, Mapping
from itertools import accumulate, islice
from typing import NamedTuple

from forum.search.analysis import INVISIBLE, MAX_WORD, STOP, fold, normalise, token

_PLAIN_WORD = re.compile(r"(\w+)")
_WORD = re.compile(rf"([\w\u0300-\u036f{INVISIBLE}]+)")
# What makes a text longer or shorter when it is normalised: combining and invisible signs.
_ALTERED = re.compile(f"[\u0300-\u036f{INVISIBLE}]")
BITS = 0xFFFF_FFFF
KNOWN = 40_000  # words
NOTHING = STOP | {""}  # a word of invisible signs alone is empty


class Match(NamedTuple):
    """A word of the text that answers the question."""

    start: int
    end: int
    term: str


def matches(text: str, terms: Collection[str]) -> list[Match]:
    """Words of the text whose search term is among `terms`, in their order: other forms of a word too."""
    return ReadText(text).matches(terms) if terms else []


class Hashes(dict[str, int]):
    """By word a hash of its search term, 0 for one that nobody searches for: a look-up takes a tenth of asking for the term anew."""

    def __missing__(self, word: str) -> int:
        if len(self) >= KNOWN:
            self.clear()
        found = self[word] = 0 if word in NOTHING else hash(token(word[:MAX_WORD])) & BITS
        return found


_hashes = Hashes()


class ReadText:
    """A text whose words have been looked at once, for many questions: a hash of its term, the beginning and the length of each."""

    __slots__ = ("_hashes", "_lengths", "_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        low = _level(text)
        pieces = _WORD.split(text) if low is None else _PLAIN_WORD.split(low)  # what is between the words, and the words
        words = pieces[1::2] if low is not None else [normalise(word) for word in pieces[1::2]]
        # By whole lists: a loop over the words of a text takes three times as long.
        self._hashes = array("I", map(_hashes.__getitem__, words))
        self._starts = array("I", islice(accumulate(map(len, pieces)), 0, None, 2))
        self._lengths = array("I", map(len, pieces[1::2]))

    def matches(self, terms: Collection[str]) -> list[Match]:
        """Words whose search term is among `terms`, in their order: other forms of a word too."""
        # That two of the few words looked at share one of four thousand million hashes is too rare for a second look.
        wanted = {hash(term) & BITS: term for term in terms}
        spots = [number for number, one in enumerate(self._hashes) if one in wanted]
        return [self._match(number, wanted) for number in spots]

    def _match(self, number: int, wanted: Mapping[int, str]) -> Match:
        start = self._starts[number]
        return Match(start, start + self._lengths[number], wanted[self._hashes[number]])


def _level(text: str) -> str | None:
    """The text normalised, letter for letter; None where that has another length."""
    if _ALTERED.search(text):
        return None
    low = fold(text)
    return low if len(low) == len(text) and (low.isascii() or unicodedata.is_normalized("NFC", low)) else None
