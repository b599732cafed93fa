"""The words for values of filters: codes and slugs as people know them, all in one query."""

from collections.abc import Iterable, Mapping

from flask_babel import lazy_gettext as _l
from sqlalchemy import String, cast, literal, select, union_all
from sqlalchemy.orm import Session

from forum.places.models import Region
from forum.taxonomy.models import Nomination, Tag

TITLES = {
    "kind": _l("Что искать"), "nomination": _l("Номинация"), "region": _l("Регион"),
    "status": _l("Статус"), "year": _l("Год"), "tag": _l("Тема"),
}
FIXED: dict[str, Mapping[str, object]] = {
    "kind": {"practice": _l("Практики"), "comment": _l("Комментарии"), "person": _l("Люди")},
    "status": {
        "pilot": _l("Пилот"), "implemented": _l("Внедрена"), "scaling": _l("Масштабируется"),
        "finished": _l("Завершена"), "failed": _l("Не сработало"),
    },
}


class Labels:
    """Looks up the names of regions, nominations and tags once; anything unknown is shown as it was given."""

    def __init__(self, session: Session, lang: str, tags: Iterable[str]) -> None:
        region, nomination = (Region.name_en, Nomination.short_en) if lang == "en" else (Region.name, Nomination.short)
        rows = session.execute(
            union_all(
                select(literal("region"), Region.code, region),
                select(literal("nomination"), cast(Nomination.id, String), nomination),
                select(literal("tag"), Tag.slug, Tag.name).where(Tag.slug.in_(list(tags))),
            )
        )
        self._names = {(facet, value): name for facet, value, name in rows}

    def of(self, facet: str, value: str) -> str:
        """The name of a value."""
        fixed = FIXED.get(facet, {}).get(value)
        return str(fixed) if fixed is not None else self._names.get((facet, value), value)
