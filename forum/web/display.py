"""How a reader wants the pages shown (ГОСТ Р 52872-2019: larger, wider set, in plain contrast, without pictures), kept in a cookie.

The values are few and closed, so a guest's kept page stays one for all who chose the same.
"""

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, g, has_request_context, request
from flask_babel import gettext
from markupsafe import Markup, escape

from forum.web import redirects

COOKIE = "display"
SIZES = ("usual", "large", "largest")
SPACES = ("usual", "wide")
COLOURS = ("system", "light", "dark", "black", "white", "blue")
GROUNDS = {"light": "#fefefc", "dark": "#171c22", "black": "#ffffff", "white": "#000000", "blue": "#b3dbff"}
PICTURES = ("shown", "words")
KNOWN = {"size": SIZES, "space": SPACES, "colours": COLOURS, "pictures": PICTURES}

# Our own templates and the sanitiser quote every attribute; a `>` may stand inside the quotes.
IMAGE = re.compile(r'<img(?:\s+[\w-]+(?:="[^"]*")?)*\s*/?>')
ALT = re.compile(r'\salt="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Display:
    """One choice of each kind; the first of each is how the site looks by itself."""

    size: str = SIZES[0]
    space: str = SPACES[0]
    colours: str = COLOURS[0]
    pictures: str = PICTURES[0]

    @property
    def usual(self) -> bool:
        return self == USUAL

    def cookie(self) -> str:
        """`large.usual.black.shown`"""
        return ".".join(astuple(self))

    @property
    def ground(self) -> str:
        """The colour of the header, for the browser's own bars."""
        return GROUNDS.get(self.colours, "")

    def attributes(self) -> Markup:
        """What the style sheets go by, as attributes of `<html>`; nothing where nothing was chosen."""
        own = {"size": self.size, "space": self.space, "theme": self.colours, "pictures": self.pictures}
        changed = [(name, value) for (name, value), kind in zip(own.items(), KNOWN.values(), strict=True) if value != kind[0]]
        return Markup("").join(Markup(' data-{}="{}"').format(name, value) for name, value in changed)


USUAL = Display()


def parse(text: str | None) -> Display:
    """What a cookie says; an unknown value counts as not chosen."""
    if not text or len(text) > 40:
        return USUAL
    return chosen(dict(zip((field.name for field in fields(Display)), text.split("."), strict=False)))


def chosen(values: dict[str, Any]) -> Display:
    """The known ones of these values."""
    return Display(**{name: value for name, value in values.items() if value in KNOWN.get(name, ())})


def select() -> Display:
    """The choice of whoever asks."""
    if not has_request_context():
        return USUAL
    if "display" not in g:
        g.display = parse(request.cookies.get(COOKIE))
    display: Display = g.display
    return display


def without_pictures(html: str) -> str:
    """A page with the words of each picture in its place; a picture that only decorates leaves none."""

    def words(match: re.Match[str]) -> str:
        alt = ALT.search(match[0])
        if alt is None or not alt[1]:
            return ""
        label = escape(gettext("Изображение:"))
        return f'<span class="in-words">{label} {alt[1]}</span>'

    return IMAGE.sub(words, html)


def _leave_out(response: Response) -> Response:
    if select().pictures == "words" and response.mimetype == "text/html" and not (g.get("page_hit") or response.direct_passthrough):
        response.set_data(without_pictures(response.get_data(as_text=True)))
    return response


def url() -> str:
    """The panel, which leads back to the present page."""
    here = redirects.back() if request.endpoint == "display.panel" else request.full_path.rstrip("?")
    return f"/display?{urlencode({'next': here}, errors='replace')}"


def names() -> dict[str, Iterable[tuple[str, str]]]:
    """The words of the choices, by kind."""
    return {
        "size": zip(SIZES, (gettext("Обычные"), gettext("Крупные"), gettext("Очень крупные")), strict=True),
        "space": zip(SPACES, (gettext("Обычные"), gettext("Увеличенные")), strict=True),
        "colours": zip(
            COLOURS,
            (
                gettext("Как в системе"),
                gettext("Светлые"),
                gettext("Тёмные"),
                gettext("Чёрным по белому"),
                gettext("Белым по чёрному"),
                gettext("Синим по голубому"),
            ),
            strict=True,
        ),
        "pictures": zip(PICTURES, (gettext("Показывать"), gettext("Заменять описанием")), strict=True),
    }


def init_app(app: Flask) -> None:
    app.jinja_env.globals["display_url"] = url
    # After-request functions run last-registered first: registered after the store of pages, this one changes a page before it is kept.
    app.after_request(_leave_out)
