"""Likeness in words: what two municipalities have in common, and how they differ."""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.places.likeness import Profile
from forum.places.towns import Town

# Kinds of municipal formations, where one stands among the facts about a place.
TYPES: Mapping[str, object] = {
    "urban_okrug": _l("городской округ"),
    "municipal_okrug": _l("муниципальный округ"),
    "municipal_district": _l("муниципальный район"),
    "urban_settlement": _l("городское поселение"),
    "rural_settlement": _l("сельское поселение"),
    "federal_city": _l("город федерального значения"),
    "federal_city_district": _l("внутригородская территория"),
}
# In the order of `likeness.BANDS`.
BANDS = (
    _l("до 1 тыс."),
    _l("1–5 тыс."),
    _l("5–20 тыс."),
    _l("20–50 тыс."),
    _l("50–100 тыс."),
    _l("100–250 тыс."),
    _l("250–500 тыс."),
    _l("больше 500 тыс."),
)


def shared(town: Town, code: str | None, municipality: int | None) -> str:
    """What a municipality, by its profile, has in common with a reader's town; or that it is the same one."""
    if municipality == town.id:
        return _("ваш муниципалитет")
    other = town.known.get(code or "")
    return in_common(town.own, other) if other else ""


@lru_cache(4096)  # a list says it on every card
def _words(say: Callable[[Profile, Profile], Iterator[str]], own: Profile, other: Profile, lang: str) -> str:
    return " · ".join(say(own, other))


def in_common(own: Profile, other: Profile) -> str:
    """«городской округ · 50–100 тыс. жителей · тот же федеральный округ»: only what coincides; empty where nothing does."""
    return _words(_in_common, own, other, str(get_locale()))


def _in_common(own: Profile, other: Profile) -> Iterator[str]:
    if own.kind is not None and own.kind == other.kind:
        yield str(TYPES[own.kind])
    if own.band is not None and own.band == other.band:
        yield _("%(band)s жителей", band=BANDS[own.band])
    if own.region == other.region:
        yield _("тот же регион")
    elif own.district == other.district:
        yield _("тот же федеральный округ")


def different(own: Profile, other: Profile) -> str:
    """«сельское поселение, а у вас городской округ · 1–5 тыс. жителей, а у вас 50–100 тыс.»: only what is known of both."""
    return _words(_different, own, other, str(get_locale()))


def _different(own: Profile, other: Profile) -> Iterator[str]:
    if own.kind and other.kind and own.kind != other.kind:
        yield _("%(their)s, а у вас %(own)s", their=TYPES[other.kind], own=TYPES[own.kind])
    if own.band is not None and other.band is not None and own.band != other.band:
        yield _("%(their)s жителей, а у вас %(own)s", their=BANDS[other.band], own=BANDS[own.band])
    if own.district != other.district:
        yield _("другой федеральный округ")
