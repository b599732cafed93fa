"""Adoptions that guests can read, as open data: the town and what came of it, without people."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.adoptions.lists import A
from forum.adoptions.models import Adoption, Stage
from forum.open_data.datasets import Dataset, Field, Row
from forum.open_data.rows import address, day, in_order, key_after, moment
from forum.places.models import Municipality
from forum.practices.models import Practice
from forum.practices.models.rows import as_dict
from forum.taxonomy.models import Obstacle

SAME = ("id", "practice_id", "title", "municipality_id", "region", "stage", "upkeep", *Adoption.MARKDOWN)
_place, _practice, _obstacle = Municipality.__table__, Practice.__table__, Obstacle.__table__

FIELDS = (
    Field("id", "integer", _l("Номер внедрения на сайте")),
    Field("url", "string", _l("Адрес страницы")),
    Field("practice_id", "integer", _l("Номер практики, которую внедряют (practices.id)")),
    Field("practice", "string", _l("Её external_id")),
    Field("title", "string", _l("Её название")),
    Field("municipality", "string", _l("Муниципалитет, который внедряет")),
    Field("municipality_id", "integer", _l("Его номер на сайте (municipalities.id)")),
    Field("region", "string", _l("Код субъекта Федерации, как в налоговой службе (regions.code)")),
    Field("stage", "string", _l("Этап: интерес, адаптация, запуск, результат, отказ"), values=tuple(Stage)),
    Field("confirmed", "boolean", _l("Результат подтверждён автором практики или модератором")),
    Field("opened_on", "date", _l("Когда начали")),
    Field("closed_on", "date", _l("Когда получили результат или отказались")),
    Field("confirmed_on", "date", _l("Когда результат подтвердили")),
    Field("obstacle", "string", _l("Причина отказа (obstacles.code)")),
    Field("costs", "object", _l("Стоимость здесь по источникам, рублей"), parts=Adoption.COSTS),
    Field("upkeep", "integer", _l("Ежегодное содержание, рублей")),
    Field("indicators", "array", _l("Показатели: название, единица, до, после, месяц, источник (name, unit, before, after, on, source)")),
    *(
        Field(name, "string", _l("Словами, разметка Markdown: %(name)s", name=words))
        for name, words in (
            ("outcome", _l("что получилось")),
            ("changed", _l("что изменили")),
            ("obstacles_met", _l("что мешало")),
            ("advice", _l("совет следующим")),
            ("refusal", _l("почему отказались")),
            ("would_help", _l("что помогло бы")),
        )
    ),
    Field("published_at", "datetime", _l("Когда опубликовано, UTC")),
)


def _rows(session: Session, ids: Sequence[int]) -> list[Row]:
    query = (
        select(
            *(A[name] for name in (*SAME, "opened_on", "closed_on", "confirmed_at", "indicators", "listed_at")),
            *(A[f"cost_{source}"] for source in Adoption.COSTS),
            *(_place.c.name.label("municipality"), _practice.c.external_id.label("practice"), _obstacle.c.code.label("obstacle")),
        )
        .select_from(Adoption.__table__)
        .join(_place, _place.c.id == A.municipality_id)
        .join(_practice, _practice.c.id == A.practice_id)
        .outerjoin(_obstacle, _obstacle.c.id == A.obstacle_id)
        .where(A.listed_at.is_not(None), A.id.in_(ids))
    )
    return in_order(ids, map(_row, session.execute(query)))


def _row(found: Any) -> Row:
    costs = {source: getattr(found, f"cost_{source}") for source in Adoption.COSTS}
    row = {
        **{name: getattr(found, name) for name in (*SAME, "practice", "municipality", "obstacle")},
        "url": address("adoptions.show", id=found.id),
        "confirmed": found.confirmed_at is not None,
        "confirmed_on": day(found.confirmed_at),
        "opened_on": day(found.opened_on),
        "closed_on": day(found.closed_on),
        "costs": {source: cost for source, cost in costs.items() if cost is not None},
        "indicators": [as_dict(one) for one in found.indicators if one.measured],
        "published_at": moment(found.listed_at),
    }
    return {field.name: row[field.name] for field in FIELDS}


ADOPTIONS = Dataset("adoptions", _l("Внедрения: кто взял практику и что вышло"), FIELDS, _rows, key_after(A.id, A.listed_at.is_not(None)))
