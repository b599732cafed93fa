"""How Russian words become search terms: the same chain for documents, questions and highlights.

Visible differences that mean nothing go first (stress marks, soft hyphens, ё, case), then the lemma joins «люди» to
«человек», then the stem joins what the dictionary does not know.
"""

import re
import unicodedata
import zlib
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Protocol

import pymorphy3
import Stemmer
from whoosh.lang.stopwords import stoplists

MAX_WORD = 64  # longer runs of letters are cut: nobody types them, and they bloat the index

INVISIBLE = "\u0300\u0301\u00ad\u200b\u200c\u200d\u2060\ufeff"  # stress marks, soft hyphen, zero width
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_WORD = re.compile(r"\w+")
_RUSSIAN = re.compile("[а-я]+")

STOP = frozenset(word.replace("ё", "е") for word in stoplists["ru"]) | frozenset(
    ("это", "этот", "эта", "эти", "который", "которая", "которое", "которые", "также", "ли")
)

_russian = Stemmer.Stemmer("russian")
_english = Stemmer.Stemmer("english")


@cache
def _morphology() -> pymorphy3.MorphAnalyzer:
    # 25 MB and a tenth of a second: only for who really analyses something.
    return pymorphy3.MorphAnalyzer()


def normalise(text: str) -> str:
    """The text as it is compared: composed, without stress marks and invisible characters, ё as е, in lower case."""
    return fold(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)))


def fold(text: str) -> str:
    """Lower case, and ё as е: what remains to be done to a composed text without invisible characters."""
    # Three times `replace` takes a tenth of one `translate`.
    return text.lower().replace("ё", "е").replace("ѐ", "е").replace("ѝ", "и")


def all_words(text: str) -> list[str]:
    """Normalised words in order, stop words included."""
    return [word[:MAX_WORD] for word in _WORD.findall(normalise(text))]


def words(text: str) -> list[str]:
    """Normalised words in order, without stop words."""
    return without_stop_words(all_words(text))


def without_stop_words(some: list[str]) -> list[str]:
    """Those of the words that mean something by themselves."""
    return [word for word in some if word not in STOP]


class Recorded(Protocol):
    """What an index has on disk of its words."""

    def term(self, word: str) -> str | None:
        """What `token` gave for a word; None for one that the index has not."""

    def marks(self, words: Sequence[str]) -> Sequence[int]:
        """What `marks` gave; 0 for a word that the index has not."""


_recorded: Recorded | None = None


def look_up_in(recorded: Recorded | None) -> None:
    """Ask this first for what is known of words: the dictionary takes ten times as long."""
    global _recorded
    _recorded = recorded


@lru_cache(maxsize=200_000)
def token(word: str) -> str:
    """The search term of one normalised word: the stem of its lemma (English words have no lemma here)."""
    if word.isascii():
        return str(_english.stemWord(word))
    recorded = _recorded
    return (recorded.term(word) if recorded else None) or _worked_out(word)


def marks(some: Sequence[str]) -> list[int]:
    """For each normalised word the mark of its search term: for many words at once, a tenth of what their terms take."""
    recorded = _recorded
    if recorded is None:
        return [mark(token(word)) for word in some]
    return [known or mark(token(word)) for word, known in zip(some, recorded.marks(some), strict=True)]


def mark(term: str) -> int:
    """A number of 32 bits that stands for a search term, never 0; two of them share one too rarely to matter for what is shown."""
    return zlib.crc32(term.encode()) or 1


def _worked_out(word: str) -> str:
    # What is not all Cyrillic has no lemma (and some letters of far scripts have no name, on which the analyser fails).
    lemma = _morphology().parse(word)[0].normal_form if _RUSSIAN.fullmatch(word) else word
    return str(_russian.stemWord(lemma.replace("ё", "е")))


def tokens(text: str) -> list[str]:
    """The search terms of a text in order."""
    return [token(word) for word in words(text)]


@lru_cache(maxsize=50_000)
def in_dictionary(word: str) -> bool:
    """Whether the Russian dictionary has the word: such a word is no typing error, even where no document has it."""
    return bool(_RUSSIAN.fullmatch(word) and _morphology().word_is_known(word))


def part_of_name(word: str) -> str | None:
    """Which part of a person's name a normalised word most likely is: `Name`, `Patr` (patronymic) or `Surn`; None for other words."""
    if not in_dictionary(word):
        return None
    tag = _morphology().parse(word)[0].tag
    return next((part for part in ("Name", "Patr", "Surn") if part in tag), None)


def grams(some: list[str]) -> list[str]:
    """Pieces of four letters within words; shorter words are pieces themselves."""
    return [piece for word in some for piece in ([word] if len(word) <= 4 else [word[i : i + 4] for i in range(len(word) - 3)])]


def count_grams(some: list[str]) -> int:
    """How many `grams` gives."""
    return sum(len(word) - 3 if len(word) > 4 else 1 for word in some)
