"""A QR code as one path, for an SVG without styles."""

from dataclasses import dataclass
from itertools import groupby

import segno

BORDER = 4


@dataclass(frozen=True, slots=True)
class Drawing:
    """`size` in modules, the border included; `path` draws the dark ones."""

    size: int
    path: str


def draw(text: str) -> Drawing:
    """The code of a text: each run of dark modules in a row is one rectangle."""
    rows = [list(row) for row in segno.make_qr(text, error="m").matrix]
    return Drawing(len(rows) + 2 * BORDER, "".join(_runs(row, number + BORDER) for number, row in enumerate(rows)))


def _runs(row: list[int], y: int) -> str:
    path, x = "", BORDER
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            path += f"M{x} {y}h{length}v1h-{length}z"
        x += length
    return path
