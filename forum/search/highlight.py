"""Shows why something was found: the densest passages of a text, with the words that answer marked. Escaped, ready for a page."""

import re
from collections.abc import Collection

from markupsafe import Markup, escape

from forum.core.text import excerpt
from forum.search.occurrences import Match, ReadText, matches
from forum.web.kept import Kept

LONGEST = 30_000  # characters of a text that are looked at
WIDTH = 180  # characters of a snippet, about
LOOK_BACK = 80  # characters before a match, for where its sentence begins
SNIPPETS = 2
SHOWN = 600_000  # characters of snippets that are kept: some 1.2 MB, and fifteen hundred of them
TEXTS = 1_500_000  # characters of texts whose words are known: some 6 MB, and seven hundred practices
_SENTENCE = re.compile(r"[.!?…·] (?=\S)")
CLOSING = ".!?…:;,–-"
PARTED = " · "
IN_PIECES = 0.4  # what a passage of rows and headings counts against one of sentences
_texts: Kept[ReadText] = Kept(TEXTS)
_shown: Kept[Markup] = Kept(SHOWN)


def mark(text: str, terms: Collection[str]) -> Markup:
    """The whole text, escaped, with its matches in <mark>: for titles."""
    return _marked(text, matches(text, terms), 0, len(text))


def snippets(text: str, terms: Collection[str], summary: str = "") -> Markup:
    """One or two passages of whole words around the densest matches; the beginning of the text where nothing else matches.

    `summary` is shown whole in place of the beginning of a text.
    """
    # A question is narrowed and ordered some times, and shows much the same each time. By hashes: the texts need not stay for it.
    key = hash(text), len(text), hash(summary), frozenset(terms)
    shown = _shown.get(key)
    if shown is None:
        shown = _snippets(text, key[-1], summary)
        _shown.put(key, shown, len(shown))
    return shown


def _snippets(text: str, terms: Collection[str], summary: str) -> Markup:
    known = _read(text)
    plain, found = known.text, known.matches(terms)
    windows = _densest(plain, found)
    if summary and len(windows) == 1 and windows[0][0] == 0:
        return mark(_one_line(summary), terms)
    parts = [_marked(plain, found, start, end) for start, end in windows]
    if summary and found and all(_is_piece(plain, start, end) for start, end in windows):
        # Rows and themes say little by themselves.
        return _gapped([mark(excerpt(summary, WIDTH), terms), *parts])
    if windows[0][0] > 0:
        parts[0] = Markup("… ") + parts[0]
    whole = windows[-1][1] == len(plain) and len(text) <= LONGEST
    return _gapped(parts if whole else [*parts, Markup("")])


def _read(text: str) -> ReadText:
    """A text in one line, with its words looked at; kept, since the next question is about others of its words."""
    known = _texts.get(text)
    if known is None:
        known = ReadText(_one_line(text[:LONGEST]))
        _texts.put(text, known, len(known.text))
    return known


def _gapped(parts: list[Markup]) -> Markup:
    """Passages with «…» between them; one that a passage ends with is not doubled."""
    shown = parts[0]
    for part in parts[1:]:
        gap = "" if shown.endswith("…") else " …" if part or shown[-1:] in ".!?" else "…"
        shown += Markup(f"{gap} " if part else gap) + part
    return shown


def _one_line(text: str) -> str:
    """Lines joined; a dot in the middle parts those that no sign closes (rows, headings)."""
    lines = [line for line in (" ".join(line.split()) for line in text.split("\n")) if line]
    parted = [f"{line} " if line[-1] in CLOSING else line + PARTED for line in lines[:-1]]
    # A dash does not begin a line.
    return "".join([*parted, *lines[-1:]]).replace(" – ", "\N{NO-BREAK SPACE}– ")


def _densest(text: str, found: list[Match]) -> list[tuple[int, int]]:
    """Up to `SNIPPETS` windows in the order of the text, by how many different terms they hold (sentences first), then how many matches."""
    if not found:
        return [_whole_words(text, 0, WIDTH)]
    windows: list[tuple[int, int]] = []
    seen: set[str] = set()
    for _ in range(SNIPPETS):
        ranked = [
            (new * (IN_PIECES if new and _in_pieces(text, match.start) else 1.0), len(inside), -match.start)
            for match, inside, terms in _windows(found, windows)
            for new in (len(terms - seen),)
        ]
        if not ranked or (windows and max(ranked)[0] == 0):
            break
        windows.append(_window(text, -max(ranked)[2]))
        seen |= {match.term for match in found if windows[-1][0] <= match.start and match.end <= windows[-1][1]}
    return _merged(sorted(windows))


def _in_pieces(text: str, start: int) -> bool:
    """Whether what follows is rows and headings more than sentences."""
    end = start + WIDTH
    return text.count(PARTED, start, end) > text.count(". ", start, end) or (end >= len(text) and PARTED in text[-WIDTH:start])


def _window(text: str, match: int) -> tuple[int, int]:
    """The passage about a match: the row it stands in, else its sentence and what follows."""
    if _in_pieces(text, match):
        start = text.rfind(PARTED, 0, match) + len(PARTED) if PARTED in text[:match] else 0
        end = text.find(PARTED, match)
        end = end if end >= 0 else len(text)
        if end - start <= WIDTH:
            return start, end
    start = _beginning(text, match)
    return _whole_words(text, start, start + WIDTH)


def _is_piece(text: str, start: int, end: int) -> bool:
    return text.startswith(PARTED, max(start - len(PARTED), 0)) and (end == len(text) or text.startswith(PARTED, end))


def _beginning(text: str, match: int) -> int:
    """Where a passage about a match begins: with its sentence, where that is near."""
    if match <= LOOK_BACK:
        return 0
    near = [sentence.end() for sentence in _SENTENCE.finditer(text, match - LOOK_BACK, match)]
    return near[-1] if near else match - WIDTH // 5


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
        end = start + max(len(text[start:end].rstrip(" ,;:·–-")), 1)
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
            parts.append(f"{escape(text[at : match.start])}<mark>{escape(text[match.start : match.end])}</mark>")
            at = match.end
    return Markup("".join([*parts, str(escape(text[at:end]))]))
