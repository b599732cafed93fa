"""Which questions may be counted, and so come to stand on a public page: nothing about a person, nothing without sense."""

import re
from dataclasses import dataclass

from forum.core.text import fit
from forum.demand.models import LONGEST_KEY, LONGEST_TEXT
from forum.search.analysis import in_dictionary, part_of_name, tokens, words

MOST_WORDS = 12
SHORTEST_WORD = 3  # letters of a word that makes sense by itself
SHORTEST_NUMBER = 7  # digits of a telephone, with whatever stands between them

_ADDRESS = re.compile(r"@|://|\bwww\.|[\w-]{2,}\.(?:[a-z]{2,}|рф)\b", re.IGNORECASE)
_FLAT = re.compile(r"\bкв(?:артира)?\.?\s*\d", re.IGNORECASE)
_YEARS = re.compile(r"\b(?:19|20)\d\d\s*[-–—/ ]\s*(?:19|20)\d\d\b")
# Telephones, СНИЛС, ИНН, passports, cards, dates of birth: digits with signs between them.
_NUMBER = re.compile(r"\d(?:[\s().+\-–—/№]*\d)+")
_RUN = re.compile(r"\d{5}")
_INITIAL = re.compile(r"\b[А-ЯЁA-Z]\.")
_INDECENT = re.compile(
    r"\b(?:на|по|ни|о)?(?:ху[йеёяи]|пизд)|\b(?:на|за|вы|у|про|отъ|съ|объ)?[её]б(?:а[тлнш]|л|у[чт])|\bбля(?:[дт]|ь?\b)|\bмуда[кч]|\bпид[ао]р"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is counted: `key` is the same for all orders and forms of its words."""

    key: str
    text: str


def screen(typed: str, mended: str, found_some: bool) -> Question | None:
    """The question, or None where it may not be counted.

    `mended` is `typed` without its typing errors. `found_some`: the index has one of its words at least.
    """
    text = _tidy(mended)
    some = words(text)
    if not some or len(typed) > LONGEST_TEXT or len(text) > LONGEST_TEXT or len(text.split()) > MOST_WORDS:
        return None
    if not _makes_sense(some, found_some) or any(map(tells_of_a_person, (typed, text))) or _INDECENT.search(text.lower()):
        return None
    key = " ".join(sorted(set(tokens(text))))
    return Question(key, text) if len(key) <= LONGEST_KEY else None


def tells_of_a_person(text: str) -> bool:
    """Whether a text looks as if it had personal data in it; rather too often than too seldom."""
    numbers = (re.sub(r"\D", "", found) for found in _NUMBER.findall(_YEARS.sub("", text)))
    if _ADDRESS.search(text) or _FLAT.search(text) or _RUN.search(text) or any(len(digits) >= SHORTEST_NUMBER for digits in numbers):
        return True
    some = words(text)
    parts = [part_of_name(word) for word in some if not word.isdigit() and len(word) > 1]
    named = {part for part in parts if part}
    return "Patr" in named or {"Name", "Surn"} <= named or (named == {"Surn"} and bool(_INITIAL.search(text))) or bool(parts and all(parts))


def _makes_sense(some: list[str], found_some: bool) -> bool:
    long = [word for word in some if len(word) >= SHORTEST_WORD and not word.isdigit()]
    return any(found_some or in_dictionary(word) for word in long)


def _tidy(text: str) -> str:
    """On one line, without signs at its ends, beginning with a capital letter."""
    line = " ".join(fit(text).split()).strip(" .,;:!?…-–—*«»\"'")
    return line[:1].upper() + line[1:]
