"""The words for values of filters: codes and slugs as people know them, all in one query."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import String, cast, literal, select, union_all
from sqlalchemy.orm import Session

from forum.entries import labels
from forum.places.models import Region
from forum.search.fields import SHAPES
from forum.taxonomy.models import Nomination, Obstacle, Tag

# All filters an address can hold, in the order they are shown.
TITLES: labels.Words = {"kind": _l("Что искать"), **labels.TITLES}
# Values that are known without asking, in their natural order.
FIXED: Mapping[str, labels.Words] = {
    "kind": {
        "practice": _l("Практики"),
        "comment": _l("Комментарии"),
        "adoption": _l("Внедрения"),
        "request": _l("Запросы"),
        "person": _l("Люди"),
    },
    "status": labels.STATUSES,
    "district": labels.DISTRICTS,
    "population": labels.POPULATIONS,
    "cost": labels.COSTS,
    "category": labels.CATEGORIES,
    "adopted": labels.ADOPTED,
}


@lru_cache
def _fixed(locale: str) -> dict[tuple[str, str], str]:
    """Their words in the language of the page: asked for by the dozen, hence kept."""
    return {(facet, value): str(word) for facet, words in FIXED.items() for value, word in words.items()}


@lru_cache
def _titles(locale: str) -> dict[str, str]:
    return {name: str(title) for name, title in TITLES.items()}


def titles() -> dict[str, str]:
    """What filters are called in the language of the page."""
    return _titles(str(get_locale()))


class Labels:
    """Looks up the names of regions, nominations and tags once; anything unknown is shown as it was given."""

    def __init__(self, session: Session, lang: str, tags: Iterable[str]) -> None:
        region, nomination = (Region.name_en, Nomination.short_en) if lang == "en" else (Region.name, Nomination.short)
        obstacle = Obstacle.name_en if lang == "en" else Obstacle.name
        rows = session.execute(
            union_all(
                select(literal("region"), Region.code, region),
                select(literal("nomination"), cast(Nomination.id, String), nomination),
                select(literal("obstacle"), Obstacle.code, obstacle),
                select(literal("tag"), Tag.slug, Tag.name).where(Tag.slug.in_(list(tags))),
            )
        )
        self._names = {(facet, value): name for facet, value, name in rows}

    def of(self, facet: str, value: str) -> str:
        """The name of a value."""
        if facet in FIXED:
            return _fixed(str(get_locale())).get((facet, value), value)
        return self._names.get((facet, value), value)

    def alone(self, facet: str, value: str) -> str:
        """The name of a value where the filter is not said beside it."""
        if facet == "author":
            return _("Автор: %(name)s", name=value)
        return labels.alone(facet, value, self.of(facet, value)) if self.knows(facet, value) else f"{titles().get(facet, facet)}: {value}"

    def knows(self, facet: str, value: str) -> bool:
        """Whether a filter has the value; years are known by their look, authors nobody lists."""
        if facet in ("year", "author"):
            return facet == "author" or SHAPES[facet].fullmatch(value) is not None
        return value in FIXED[facet] if facet in FIXED else (facet, value) in self._names


def without(facet: str) -> str:
    """«без региона»: what taking a whole filter off is called."""
    return {
        "kind": _("среди всего"),
        "nomination": _("в любой номинации"),
        "status": _("с любым статусом"),
        "region": _("в любом регионе"),
        "district": _("в любом округе"),
        "population": _("с любым населением"),
        "cost": _("с любой стоимостью"),
        "tag": _("на любую тему"),
        "year": _("за любой год"),
        "category": _("в любой категории"),
        "adopted": _("и те, что никто не внедрил"),
        "obstacle": _("с любым препятствием"),
        "author": _("любого автора"),
    }[facet]


def nothing_called(facet: str, value: str) -> str:
    """Says that a filter has no such value."""
    told = {
        "region": _("Нет региона «%(value)s».", value=value),
        "nomination": _("Нет номинации «%(value)s».", value=value),
        "status": _("Нет статуса «%(value)s».", value=value),
        "tag": _("Нет темы «%(value)s».", value=value),
        "year": _("«%(value)s» – не год.", value=value),
    }
    return told.get(facet) or _("Нет значения «%(value)s».", value=value)
