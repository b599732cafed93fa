"""What templates can use: figures, dates and months as people write them, and who is reading."""

from collections.abc import MutableMapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import flask.templating
from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask, current_app, g, request, url_for
from flask_babel import get_locale, get_translations, gettext, ngettext
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from forum.core.actor import GUEST, Actor
from forum.core.text import own_words
from forum.web import display, language
from forum.web.language import named, place_name

NBSP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


@lru_cache(4096)
def _date(value: date, lang: str, long: bool) -> str:
    if lang == "ru":
        return format_date(value, "d\N{NO-BREAK SPACE}MMMM y" if long else "dd.MM.y", locale="ru")
    return format_date(value, "d\N{NO-BREAK SPACE}MMMM y", locale="en")


def _local(value: datetime) -> datetime:
    return value.astimezone(ZoneInfo(current_app.config["TIMEZONE"]))


def day(value: date | datetime | None) -> str:
    """12 ноября 2026"""
    if value is None:
        return ""
    return _date(_local(value).date() if isinstance(value, datetime) else value, language.select(), True)


def moment(value: datetime | None) -> str:
    """12 ноября 2026, 14:32 – in the site's zone."""
    return "" if value is None else f"{day(value)}, {_local(value):%H:%M}"


@lru_cache(1024)
def _month(value: str, lang: str) -> str:
    year, month = (int(part) for part in value.split("-"))
    return format_date(date(year, month, 1), f"LLLL{NBSP}y", locale=lang)


def month(value: str | None) -> str:
    """`2022-03` as «март 2022»."""
    return _month(value, language.select()) if value else ""


@lru_cache(8192)
def _number(value: float, lang: str, digits: int) -> str:
    text: str = format_decimal(value, "#,##0" + ("." + "#" * digits if digits else ""), locale=lang)
    return text.replace("-", MINUS).replace("\N{NARROW NO-BREAK SPACE}", NBSP)


def number(value: float | None, digits: int = 2) -> str:
    """12 400; 3,5 – with the separators of the reader's language."""
    return "" if value is None else _number(value, language.select(), digits)


def _money(text: str) -> str:
    return f"₽{text}" if language.select() == "en" else f"{text}{NBSP}₽"


def roubles(value: float | None) -> str:
    """18 600 000 ₽; kopecks only below 10 roubles."""
    return "" if value is None else _money(number(value, 2 if abs(value) < 10 else 0))


def roubles_short(value: float | None) -> str:
    """18,6 млн ₽ – for figures read at a glance."""
    if value is None:
        return ""
    for size, name in ((10**9, gettext("млрд")), (10**6, gettext("млн")), (10**5, gettext("тыс."))):
        if abs(value) >= size:
            unit = 1000 if size == 10**5 else size
            return _money(f"{number(value / unit, 1)}{NBSP}{name}")
    return roubles(value)


def short(value: float | None) -> str:
    """124 тыс.; 1,2 млн – for populations."""
    if value is None:
        return ""
    if value >= 10**6:
        return NBSP.join((number(value / 10**6, 1), gettext("млн")))
    if value >= 1000:
        return NBSP.join((number(value / 1000, 0 if value >= 10**4 else 1), gettext("тыс.")))
    return number(value)


def change(value: float | None, unit: str = "") -> str:
    """−52 %; +64 п. п. where the unit itself is per cent."""
    if value is None:
        return ""
    digits = 0 if abs(value) >= 10 else 1
    points = unit.strip().startswith("%")
    text = NBSP.join((number(round(value, digits), 1), gettext("п. п."))) if points else percent(value, digits)
    return f"+{text}" if value > 0 else text


def percent(value: float, digits: int = 0) -> str:
    """52 %, as the language writes it."""
    return f"{number(round(value, digits), digits)}{'' if language.select() == 'en' else NBSP}%"


def residents(value: int | None) -> str:
    """124 тыс. жителей"""
    if value is None:
        return ""
    if value >= 1000:
        return NBSP.join((short(value), gettext("жителей")))
    return ngettext("%(num)s житель", "%(num)s жителей", value).replace(" ", NBSP)


def excerpt(text: str, length: int = 200) -> str:
    """The beginning of a text, without markup and quotations, cut at a word."""
    words = own_words(text)
    return words if len(words) <= length else words[:length].rsplit(" ", 1)[0].rstrip(",.;:–- ") + "…"


def upfirst(text: object) -> str:
    """With a capital letter first; the rest as it is."""
    words = str(text)
    return words[:1].upper() + words[1:]


def safe_html(value: str | None) -> Markup:
    """HTML that `forum.core.text` made and sanitised when the words were written; nothing else may pass here.

    A dash does not begin a line.
    """
    return Markup((value or "").replace(" – ", "\N{NO-BREAK SPACE}– ").replace(" — ", "\N{NO-BREAK SPACE}— "))


def address_with(**changes: Any) -> str:
    """The present address with some parameters changed: a list sets several, None removes; the page starts anew."""
    args = request.args.to_dict(flat=False)
    args.pop("page", None)
    for name, value in changes.items():
        if value is None:
            args.pop(name, None)
        else:
            args[name] = [str(v) for v in value] if isinstance(value, (list, tuple)) else [str(value)]
    path = url_for(request.endpoint or "practices.home", **(request.view_args or {}))
    # Not through `url_for`: a parameter called `_scheme` or `endpoint` would be an argument of it.
    return f"{path}?{urlencode(args, doseq=True)}" if args else path


def mark_lines(text: str) -> Markup:
    """Plain text with its line breaks."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


class Environment(flask.templating.Environment):
    """Templates share the globals of the application as they are: a chain of maps for each costs a page a tenth of its time."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


def _quick_gettext(app: Flask) -> None:
    """A page asks for some hundred words: find its catalogue by the locale alone, and a word that says nothing of its own at once."""
    kept: dict[str, tuple[Any, dict[str, Markup]]] = {}

    def catalogue() -> tuple[Any, dict[str, Markup]]:
        # Where flask_babel keeps it, and lets `force_locale` change it.
        locale = getattr(g.get("_flask_babel"), "babel_locale", None) or get_locale()
        lang = locale.language if locale else ""
        return kept.get(lang) or kept.setdefault(lang, (get_translations(), {}))

    @pass_eval_context
    def word(context: EvalContext, text: str, /, **values: Any) -> str:
        translations, plain = catalogue()
        if not values and context.autoescape:
            return plain.get(text) or plain.setdefault(text, Markup(translations.ugettext(text)) % {})
        return _filled(context, translations.ugettext(text), values)

    @pass_eval_context
    def counted(context: EvalContext, one: str, many: str, number: int, /, **values: Any) -> str:
        values.setdefault("num", number)
        return _filled(context, catalogue()[0].ungettext(one, many, number), values)

    # Not `install_gettext_callables`: what that makes of them goes through the context three times for every word.
    app.jinja_env.globals |= {"_": word, "gettext": word, "ngettext": counted}
    app.jinja_env.newstyle_gettext = True  # type: ignore[attr-defined]


def _filled(context: EvalContext, text: str, values: dict[str, Any]) -> str:
    filled: str = (Markup(text) if context.autoescape else text) % values
    return filled


def queue_size(actor: Actor) -> int:
    """What waits for a moderator, asked once a request: a page is often drawn of several templates."""
    if not actor.is_moderator or "queue_size" not in current_app.extensions:
        return 0
    if "queue_size" not in g:
        g.queue_size = current_app.extensions["queue_size"](actor)
    size: int = g.queue_size
    return size


def init_app(app: Flask) -> None:
    _quick_gettext(app)
    filters = (month, number, percent, roubles, roubles_short, short, change, residents, excerpt, mark_lines, named, place_name, upfirst)
    app.jinja_env.filters.update({function.__name__: function for function in filters})
    app.jinja_env.filters.update({"date": day, "datetime": moment, "safe_html": safe_html})
    app.jinja_env.globals.update(address_with=address_with, endpoint_exists=lambda name: name in app.view_functions)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.context_processor
    def reader() -> dict[str, Any]:
        actor = g.get("actor", GUEST)
        person = g.get("person")
        return {
            "actor": actor,
            "site_name": app.config["SITE_NAME"],
            "lang": language.select(),
            "display": display.select(),
            "unread": person.unread if person else 0,
            "queue_size": queue_size(actor),
            "demo": app.extensions.get("demo", False),
        }
