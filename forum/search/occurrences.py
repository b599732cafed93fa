"""Where the words that answer a question stand in a text."""

import re
import unicodedata
from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from forum.search.analysis import INVISIBLE, MAX_WORD, STOP, normalise, token

_PLAIN_WORD = re.compile(r"\w+")
_WORD = re.compile(rf"[\w\u0300-\u036f{INVISIBLE}]+")
# What makes a text longer or shorter when it is normalised: combining and invisible signs.
_ALTERED = re.compile(f"[\u0300-\u036f{INVISIBLE}]")
_BITS = 0xFFFF_FFFF


@dataclass(frozen=True, slots=True)
class Match:
    """A word of the text that answers the question."""

    start: int
    end: int
    term: str


def matches(text: str, terms: Collection[str]) -> list[Match]:
    """Words of a short text whose search term is among `terms`, in their order: other forms of a word too."""
    return [Match(start, end, term) for start, end, word in _words(text) if (term := _term(word)) in terms] if terms else []


class ReadText:
    """A text whose words have been looked at once, for many questions: a hash of its term, the beginning and the length of each."""

    __slots__ = ("_hashes", "_lengths", "_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._hashes, self._starts, self._lengths = array("I"), array("I"), array("I")
        for start, end, word in _words(text):
            if term := _term(word):
                self._hashes.append(hash(term) & _BITS)
                self._starts.append(start)
                self._lengths.append(end - start)

    def matches(self, terms: Collection[str]) -> list[Match]:
        """As the function of this name."""
        wanted = {hash(term) & _BITS for term in terms}
        spots = [(self._starts[number], self._lengths[number]) for number, one in enumerate(self._hashes) if one in wanted]
        met = ((start, start + length, _term(normalise(self.text[start : start + length]))) for start, length in spots)
        return [Match(start, end, term) for start, end, term in met if term in terms]  # two terms may share a hash


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    """Beginning, end and normalised form of each word."""
    low = _level(text)
    if low is None:
        return ((word.start(), word.end(), normalise(word[0])) for word in _WORD.finditer(text))
    return ((word.start(), word.end(), word[0]) for word in _PLAIN_WORD.finditer(low))


def _level(text: str) -> str | None:
    """The text normalised, letter for letter; None where that has another length."""
    if _ALTERED.search(text):
        return None
    low = text.lower().replace("ё", "е").replace("ѐ", "е").replace("ѝ", "и")
    return low if len(low) == len(text) and (low.isascii() or unicodedata.is_normalized("NFC", low)) else None


def _term(word: str) -> str:
    return token(word[:MAX_WORD]) if word and word not in STOP else ""
