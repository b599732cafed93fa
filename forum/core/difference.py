"""What changed between two versions of a text: by lines first, then by words inside the changed lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Kind = Literal["same", "ins", "del"]

MAX_EDITS = 500  # more than that is a rewritten text: shown as taken out and put in
MAX_WORK = 400_000  # comparisons for one text, whatever it holds
MIN_LIKENESS = 0.3  # below it a line is replaced whole: words in common would be chance
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stayed, came or went."""

    kind: Kind
    text: str


class _Work:
    """The budget of comparisons, shared by every step of one comparison of texts."""

    def __init__(self, left: int) -> None:
        self.left = left


def _trace(old: Sequence[str], new: Sequence[str], work: _Work) -> list[dict[int, int]] | None:
    """Myers' greedy search (An O(ND) Difference Algorithm, 1986): the furthest points for each number of edits."""
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(min(len(old) + len(new), MAX_EDITS) + 1):
        trace.append(dict(furthest))
        for k in range(-edits, edits + 1, 2):
            down = k == -edits or (k != edits and furthest[k - 1] < furthest[k + 1])
            start = x = furthest[k + 1] if down else furthest[k - 1] + 1
            while x < len(old) and x - k < len(new) and old[x] == new[x - k]:
                x += 1
            furthest[k] = x
            work.left -= 1 + x - start
            if x >= len(old) and x - k >= len(new):
                return trace
        if work.left < 0:
            return None
    return None


def _script(old: Sequence[str], new: Sequence[str], work: _Work) -> list[Piece]:
    """The shortest way from `old` to `new`, element by element; all out and all in when it would be too long."""
    trace = _trace(old, new, work)
    if trace is None:
        return [Piece("del", part) for part in old] + [Piece("ins", part) for part in new]
    x, y, back = len(old), len(new), []
    for edits in range(len(trace) - 1, -1, -1):
        furthest, k = trace[edits], x - y
        down = k == -edits or (k != edits and furthest[k - 1] < furthest[k + 1])
        before = furthest[k + 1] if down else furthest[k - 1]
        start = (before if down else before + 1) if edits else 0
        back += [Piece("same", old[i]) for i in range(x - 1, start - 1, -1)]
        if edits:
            back.append(Piece("ins", new[start - k - 1]) if down else Piece("del", old[start - 1]))
        x, y = before, before - (k + 1 if down else k - 1)
    return back[::-1]


def _between(old: Sequence[str], new: Sequence[str], work: _Work) -> list[Piece]:
    """`_script` without the common beginning and end, which most edits leave large."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle = _script(old[head : len(old) - tail], new[head : len(new) - tail], work)
    return [Piece("same", p) for p in old[:head]] + middle + [Piece("same", p) for p in old[len(old) - tail :]]


def _gathered(pieces: list[Piece]) -> Iterator[Piece]:
    """Neighbours of a kind joined; within a change, what went stands before what came."""
    for changed, run in groupby(pieces, key=lambda p: p.kind != "same"):
        parts = list(run)
        for kind in ("del", "ins") if changed else ("same",):
            text = "".join(p.text for p in parts if p.kind == kind)
            if text:
                yield Piece(kind, text)


def _without_crumbs(pieces: list[Piece]) -> list[Piece]:
    """A lone space between two changes reads as part of them."""
    result: list[Piece] = []
    for i, piece in enumerate(pieces):
        crumb = piece.kind == "same" and piece.text.isspace() and 0 < i < len(pieces) - 1
        result += [Piece("del", piece.text), Piece("ins", piece.text)] if crumb else [piece]
    return list(_gathered(result))


def _words_of_change(old: str, new: str, work: _Work) -> list[Piece]:
    whole = [Piece("del", old), Piece("ins", new)]
    pieces = _without_crumbs(list(_gathered(_between(_WORDS.findall(old), _WORDS.findall(new), work))))
    kept = sum(len(p.text) for p in pieces if p.kind == "same")
    return pieces if kept >= MIN_LIKENESS * min(len(old), len(new)) else whole


def by_word(old: str, new: str) -> list[Piece]:
    """Pieces that give `old` without the "ins" ones and `new` without the "del" ones. Bounded for any texts."""
    work = _Work(MAX_WORK)
    lines = list(_gathered(_between(old.splitlines(keepends=True), new.splitlines(keepends=True), work)))
    result: list[Piece] = []
    for piece in lines:
        if piece.kind == "ins" and result and result[-1].kind == "del":
            result += _words_of_change(result.pop().text, piece.text, work)
        else:
            result.append(piece)
    return list(_gathered(result))
