"""The picture of a practice that messengers show beside a link to it: 1200 × 630, drawn in the colours of the site.

Pillow's own font has no Cyrillic; Source Serif Pro comes as a package (SIL Open Font License).
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import astuple, dataclass
from functools import cache
from typing import TYPE_CHECKING

import font_source_serif_pro as source_serif

from forum.core.late import Late

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont
else:
    Image, ImageDraw, ImageFont = (Late(f"PIL.{name}") for name in ("Image", "ImageDraw", "ImageFont"))

WIDTH, HEIGHT, EDGE = 1200, 630, 72
PAPER, INK, MUTED, LINE, ACCENT = "#fbfaf5", "#192029", "#4e5661", "#dad7d0", "#015182"
VERSION = 1  # of the design: a change makes all kept pictures stale
TITLE_SIZES, TITLE_ROOM, LEADING, FIGURES = (68, 58, 50), 270, 1.14, 3
# The sign of the site: the letter М in tiles (templates/components/icon.html).
TILES = ((0, 0), (4, 0), (0, 1), (1, 1), (3, 1), (4, 1), (0, 2), (2, 2), (4, 2), (0, 3), (4, 3), (0, 4), (4, 4))


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on the picture; figures are pairs of a value and what it is."""

    site: str
    status: str
    place: str
    title: str
    figures: tuple[tuple[str, str], ...] = ()

    def digest(self) -> str:
        """A name for this picture and no other."""
        return hashlib.sha256(repr((VERSION, astuple(self))).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    files = source_serif.font_files_ttf
    return ImageFont.truetype(files["SourceSerifProSemibold" if bold else "SourceSerifPro"], size)


def draw(poster: Poster) -> bytes:
    """The picture as PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, 14), fill=ACCENT)
    _sign(pen, poster.site)
    pen.text((EDGE, 150), _cut(" · ".join(filter(None, (poster.status, poster.place))), _font(30), WIDTH - 2 * EDGE), MUTED, _font(30))
    _title(pen, poster.title)
    _figures(pen, poster.figures[:FIGURES])
    out = io.BytesIO()
    image.quantize(64, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _sign(pen: ImageDraw.ImageDraw, site: str) -> None:
    for x, y in TILES:
        left, top = EDGE + x * 9, 62 + y * 9
        pen.rectangle((left, top, left + 6, top + 6), fill=ACCENT)
    pen.text((EDGE + 62, 64), _cut(site, _font(34, True), WIDTH - 2 * EDGE - 62), INK, _font(34, True))


def _title(pen: ImageDraw.ImageDraw, title: str) -> None:
    """As large as it fits into its lines; what still does not is cut."""
    for size in TITLE_SIZES:
        font = _font(size, True)
        lines, most = _lines(title, font, WIDTH - 2 * EDGE), int(TITLE_ROOM // (size * LEADING))
        if len(lines) <= most:
            break
    shown = lines[:most]
    if len(shown) < len(lines):
        shown[-1] = _cut(f"{shown[-1]} {lines[len(shown)]}", font, WIDTH - 2 * EDGE)
    for number, line in enumerate(shown):
        pen.text((EDGE, 202 + number * size * LEADING), line, INK, font)


def _figures(pen: ImageDraw.ImageDraw, figures: tuple[tuple[str, str], ...]) -> None:
    if not figures:
        return
    pen.line((EDGE, 498, WIDTH - EDGE, 498), LINE, 2)
    room = (WIDTH - 2 * EDGE) // len(figures)
    for number, (value, label) in enumerate(figures):
        left = EDGE + number * room
        pen.text((left, 512), _cut(value, _font(46, True), room - 24), ACCENT, _font(46, True))
        pen.text((left, 570), _cut(label, _font(25), room - 24), MUTED, _font(25))


def _lines(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(_cut(word, font, width))
    return [line for line in lines if line]


def _cut(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """The text, with «…» in place of what is too long."""
    text = " ".join(text.split())[:400]
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip(' ,.;:–-')}…"
