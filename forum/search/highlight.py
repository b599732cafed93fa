"""Shows why something was found: the densest passages of a text, with the words that answer marked. Escaped, ready for a page."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from markupsafe import Markup, escape

from forum.search.analysis import INVISIBLE, STOP, normalise, token

LONGEST = 30_000  # characters of a text that are looked at
WIDTH = 220  # characters of a snippet, about
SNIPPETS = 2
_WORD = re.compile(rf"[\w{INVISIBLE}]+")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Match:
    """A word of the text that answers the question."""

    start: int
    end: int
    term: str


def matches(text: str, terms: Collection[str]) -> list[Match]:
    """Words whose search term is among `terms`: other forms of a word too."""
    found = []
    for word in _WORD.finditer(text):
        plain = normalise(word[0])
        if plain and plain not in STOP and token(plain) in terms:
            found.append(Match(word.start(), word.end(), token(plain)))
    return found


def mark(text: str, terms: Collection[str]) -> Markup:
    """The whole text, escaped, with its matches in <mark>: for titles."""
    return _marked(text, matches(text, terms), 0, len(text))


def snippets(text: str, terms: Collection[str]) -> Markup:
    """One or two passages of whole words around the densest matches; the beginning of the text where nothing matches."""
    plain = _SPACES.sub(" ", text[:LONGEST]).strip()
    found = matches(plain, terms)
    windows = _densest(plain, found)
    parts = [_marked(plain, found, start, end) for start, end in windows]
    head = "" if windows[0][0] == 0 else "… "
    tail = "" if windows[-1][1] == len(plain) and len(text) <= LONGEST else "…"
    return Markup(head) + Markup(" … ").join(parts) + Markup(tail)


def _densest(text: str, found: list[Match]) -> list[tuple[int, int]]:
    """Up to `SNIPPETS` windows in the order of the text, by how many different terms they hold, then how many matches."""
    if not found:
        return [_whole_words(text, 0, WIDTH)]
    windows: list[tuple[int, int]] = []
    seen: set[str] = set()
    for _ in range(SNIPPETS):
        ranked = [(len(terms - seen), len(inside), -match.start) for match, inside, terms in _windows(found, windows)]
        if not ranked or (windows and max(ranked)[0] == 0):
            break
        start = -max(ranked)[2]
        windows.append(_whole_words(text, start - WIDTH // 5, start - WIDTH // 5 + WIDTH))
        seen |= {match.term for match in found if windows[-1][0] <= match.start and match.end <= windows[-1][1]}
    return _merged(sorted(windows))


def _windows(found: list[Match], taken: list[tuple[int, int]]) -> list[tuple[Match, list[Match], set[str]]]:
    """For each match outside the taken windows: those that a window beginning near it would hold."""
    free = [match for match in found if not any(start <= match.start < end for start, end in taken)]
    windows = []
    last = 0
    for first, match in enumerate(free):
        while last < len(free) and free[last].end <= match.start + WIDTH * 4 // 5:
            last += 1
        inside = free[first : max(last, first + 1)]
        windows.append((match, inside, {one.term for one in inside}))
    return windows


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    start, end = max(start, 0), min(end, len(text))
    if start > 0:
        start = text.find(" ", start - 1, end) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", start, end + 1), start + 1)
    return start, end


def _merged(windows: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged = windows[:1]
    for start, end in windows[1:]:
        if start <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _marked(text: str, found: list[Match], start: int, end: int) -> Markup:
    parts, at = [], start
    for match in found:
        if start <= match.start and match.end <= end:
            parts += [escape(text[at : match.start]), Markup("<mark>{}</mark>").format(text[match.start : match.end])]
            at = match.end
    return Markup("").join([*parts, escape(text[at:end])])
