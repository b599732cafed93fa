"""What the choices of filters are called."""

from typing import Any

from flask_babel import gettext as _

from forum.entries.labels import ADOPTED, CATEGORIES, CONFIRMED, DISTRICTS, POPULATIONS, STATUSES, TITLES, Words, alone
from forum.places.wording import TYPES
from forum.practices.reference import Reference
from forum.web import language
from forum.web.language import named


def statuses() -> dict[str, str]:
    return _said(STATUSES)


def districts() -> dict[str, str]:
    """Federal districts from west to east."""
    return _said(DISTRICTS)


def populations() -> dict[str, str]:
    return _said(POPULATIONS)


def categories() -> dict[str, str]:
    """Of the contest's rules."""
    return _said(CATEGORIES)


def adopted() -> dict[str, str]:
    return _said(ADOPTED)


def confirmed() -> dict[str, str]:
    """Whether somebody says that it is still true."""
    return _said(CONFIRMED)


def place_types() -> dict[str, str]:
    """Kinds of municipal formations."""
    return _said(TYPES)


def _said(words: Words) -> dict[str, str]:
    return {value: str(word) for value, word in words.items()}


def regions(reference: Reference) -> dict[str, str]:
    """By name: the reference keeps them in the order of the Russian ones."""
    lang = language.select()
    names = ((code, named(region, lang=lang)) for code, region in reference.regions.items())
    return dict(names if lang == "ru" else sorted(names, key=lambda pair: pair[1]))


def nominations(reference: Reference) -> dict[str, str]:
    lang = language.select()
    return {key: named(nomination, "short", lang) for key, nomination in reference.nominations.items()}


def title(name: str) -> str:
    """What a filter itself is called."""
    return _("Муниципалитеты") if name == "near" else str(TITLES[name])


def chip(name: str, value: str, words: dict[str, str], tags: dict[str, Any]) -> str:
    """What a chosen value is called where it stands alone."""
    return alone(name, value, str(tags[value].name) if name == "tag" else words.get(value, value))
