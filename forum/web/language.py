"""Which language a page is in: the person's own, a guest's cookie, else Russian."""

from typing import Any

from flask import current_app, g, has_request_context, request

COOKIE = "lang"


def select() -> str:
    """`ru` or `en`."""
    if not has_request_context():
        return str(current_app.config["BABEL_DEFAULT_LOCALE"])
    person = g.get("person")
    wanted = person.lang if person is not None else request.cookies.get(COOKIE)
    return wanted if wanted and wanted in current_app.config["LANGUAGES"] else str(current_app.config["BABEL_DEFAULT_LOCALE"])


def named(thing: Any, name: str = "name", lang: str | None = None) -> str:
    """A name of reference data in the language of the page, where it has one in it: `name` or `name_en`."""
    own: str = ((lang or select()) == "en" and getattr(thing, f"{name}_en", None)) or getattr(thing, name)
    return own


def place_name(place: Any) -> str:
    """«Обнинск, Калужская область»: how a municipality is named where it stands alone; its region must be loaded."""
    lang = select()
    return f"{named(place, lang=lang)}, {named(place.region, lang=lang)}"
