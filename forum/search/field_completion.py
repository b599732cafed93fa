"""Filters half typed into the search box: «рег» becomes «регион:», «регион:кал» becomes «регион:«Калужская область»»."""

import re
from dataclasses import dataclass

from forum.search.analysis import normalise
from forum.search.query import COLON, FIELDS, NAMES, name_of, parse

_QUOTES = '«»"„“”'
_OPENED = re.compile(
    rf"^(?P<before>.*?)(?<![\w:–—−-])(?P<name>{NAMES}){COLON}\s?(?:[«\"„“](?P<quoted>[^{_QUOTES}]*)|(?P<bare>[^{_QUOTES}:^]*))$",
    re.IGNORECASE | re.DOTALL,
)
_LAST_WORD = re.compile(r"(?<![^\s])[^\W\d_]{2,}$")


@dataclass(frozen=True, slots=True)
class Opened:
    """A filter whose value is being typed, and what stands before it."""

    before: str
    name: str
    value: str

    @property
    def facet(self) -> str:
        return FIELDS[self.name.lower()]

    def with_value(self, value: str, code: str) -> tuple[str, str]:
        """The filter with a value, and the whole text with it: the name where the box would read it back, else the code."""
        quoted = f"{self.name}:«{value}»"
        ways = (quoted,) if " " in value else (f"{self.name}:{value}", quoted)
        piece = next((way for way in ways if parse(way).fields == ((self.facet, value),)), f"{self.name}:{code}")
        return piece, f"{self.before}{piece} "


def opened(text: str) -> Opened | None:
    """The filter at the end of a text, where its value has been begun or may be begun."""
    found = _OPENED.match(text)
    if found is None:
        return None
    value = found["bare"] if found["quoted"] is None else found["quoted"]
    return Opened(found["before"], name_of(found["name"]), value.strip())


def begun(text: str) -> list[tuple[str, str]]:
    """Names of filters that the last word begins, with the colon, and the whole text with each."""
    word = _LAST_WORD.search(text)
    if word is None:
        return []
    start = normalise(word[0])
    return [(f"{name}:", f"{text[: word.start()]}{name}:") for name in FIELDS if name.startswith(start)]
