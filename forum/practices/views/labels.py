"""What the choices of filters are called."""

from typing import Any

from flask_babel import gettext as _

from forum.practices.reference import Reference
from forum.web import language
from forum.web.language import named


def statuses() -> dict[str, str]:
    return {
        "pilot": _("Пилот"),
        "implemented": _("Внедрена"),
        "scaling": _("Масштабируется"),
        "finished": _("Завершена"),
        "failed": _("Не сработало"),
    }


def districts() -> dict[str, str]:
    """Federal districts from west to east."""
    return {
        "central": _("Центральный"),
        "northwest": _("Северо-Западный"),
        "south": _("Южный"),
        "northcaucasus": _("Северо-Кавказский"),
        "volga": _("Приволжский"),
        "ural": _("Уральский"),
        "siberia": _("Сибирский"),
        "fareast": _("Дальневосточный"),
    }


def populations() -> dict[str, str]:
    return {"0-5": _("до 5 тыс."), "5-50": _("5–50 тыс."), "50-250": _("50–250 тыс."), "250-": _("больше 250 тыс.")}


def categories() -> dict[str, str]:
    """Of the contest's rules."""
    return {"1": _("I – округа и города"), "2": _("II – сельские поселения")}


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
    titles: dict[str, str] = {
        "nomination": _("Номинация"),
        "status": _("Статус"),
        "district": _("Федеральный округ"),
        "population": _("Население"),
        "category": _("Категория"),
    }
    return titles[name]


def chip(name: str, value: str, words: dict[str, str], tags: dict[str, Any]) -> str:
    """What a chosen value is called where it stands alone."""
    if name == "tag":
        return str(tags[value].name)
    if name == "year":
        return _("%(year)s год", year=value)
    if name == "district":
        return _("%(district)s округ", district=words[value])
    if name == "population":
        return _("%(band)s жителей", band=words[value])
    return _("Категория %(name)s", name=words[value].partition(" ")[0]) if name == "category" else words[value]
