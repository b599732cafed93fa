"""Where the words that answer a question stand in a text."""

import re
import unicodedata
from array import array
from collections.abc import Collection, Mapping
from itertools import accumulate, islice
from typing import NamedTuple

from forum.search.analysis import INVISIBLE, MAX_WORD, STOP, fold, mark, marks, normalise

_PLAIN_WORD = re.compile(r"(\w+)")
_WORD = re.compile(rf"([\w\u0300-\u036f{INVISIBLE}]+)")
# What makes a text longer or shorter when it is normalised: combining and invisible signs.
_ALTERED = re.compile(f"[\u0300-\u036f{INVISIBLE}]")
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


_known = dict.fromkeys(NOTHING, 0)  # words with the marks of their search terms, 0 for what nobody searches for


def learn(words: Collection[str]) -> dict[str, int]:
    """The marks of these words and of others met before."""
    global _known
    known = _known
    fresh = list(set(words).difference(known))
    if fresh and len(known) + len(fresh) > KNOWN:
        known = _known = dict.fromkeys(NOTHING, 0)  # a new one: another thread may be at the old one
        fresh = list(set(words).difference(known))
    if fresh:
        known.update(zip(fresh, marks([word[:MAX_WORD] for word in fresh]), strict=True))
    return known


class ReadText:
    """A text whose words have been looked at once, for many questions: the mark of its term, the beginning and the length of each."""

    __slots__ = ("_lengths", "_marks", "_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        low = _level(text)
        pieces = _WORD.split(text) if low is None else _PLAIN_WORD.split(low)  # what is between the words, and the words
        words = pieces[1::2] if low is not None else [normalise(word) for word in pieces[1::2]]
        # By whole lists: a loop over the words of a text takes three times as long.
        self._marks = array("I", map(learn(words).__getitem__, words))
        self._starts = array("I", islice(accumulate(map(len, pieces)), 0, None, 2))
        self._lengths = array("I", map(len, pieces[1::2]))

    def matches(self, terms: Collection[str]) -> list[Match]:
        """Words whose search term is among `terms`, in their order: other forms of a word too."""
        wanted = {mark(term): term for term in terms}
        spots = [number for number, one in enumerate(self._marks) if one in wanted]
        return [self._match(number, wanted) for number in spots]

    def _match(self, number: int, wanted: Mapping[int, str]) -> Match:
        start = self._starts[number]
        return Match(start, start + self._lengths[number], wanted[self._marks[number]])


def _level(text: str) -> str | None:
    """The text normalised, letter for letter; None where that has another length."""
    if _ALTERED.search(text):
        return None
    low = fold(text)
    return low if len(low) == len(text) and (low.isascii() or unicodedata.is_normalized("NFC", low)) else None
