"""What practices and adoptions name by code: regions, municipalities, nominations, obstacles; and the sums of the statistics page."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from forum.open_data.counting import MEASURES
from forum.open_data.datasets import Dataset, Field, Row
from forum.open_data.models import Figure
from forum.open_data.rows import in_order, key_after
from forum.places.models import Municipality, Region
from forum.taxonomy.models import Nomination, Obstacle

_NAME, _NAME_EN = Field("name", "string", _l("Название")), Field("name_en", "string", _l("Название по-английски"))
_POPULATION, _YEAR = Field("population", "integer", _l("Население, человек")), Field("population_year", "integer", _l("На какой год"))


def _table(name: str, about: object, model: Any, fields: tuple[Field, ...], key: str = "id", *conditions: Any) -> Dataset:
    """A set that is some columns of a table."""
    table = model.__table__
    columns = [table.c[{"region": "region_code"}.get(field.name, field.name)].label(field.name) for field in fields]

    def rows(session: Session, keys: Sequence[Any]) -> list[Row]:
        found = session.execute(select(*columns).where(table.c[key].in_(keys), *conditions)).mappings()
        return in_order(keys, map(dict, found), key)

    return Dataset(name, about, fields, rows, key_after(table.c[key], *conditions), key)


REGIONS = _table(
    "regions",
    _l("Субъекты Федерации"),
    Region,
    (
        Field("code", "string", _l("Код, как в налоговой службе")),
        *(_NAME, _NAME_EN),
        Field("district", "string", _l("Федеральный округ")),
        *(_POPULATION, _YEAR),
    ),
    "code",
)
MUNICIPALITIES = _table(
    "municipalities",
    _l("Муниципальные образования, проверенные по справочнику"),
    Municipality,
    (
        Field("id", "integer", _l("Номер на сайте")),
        Field("oktmo", "string", _l("Код ОКТМО")),
        *(_NAME, _NAME_EN),
        Field("region", "string", _l("Код субъекта Федерации, как в налоговой службе (regions.code)")),
        Field("type", "string", _l("Вид муниципального образования")),
        Field("category", "integer", _l("Категория по правилам конкурса: 1 или 2")),
        *(_POPULATION, _YEAR),
        Field("successor_id", "integer", _l("Во что преобразовано (municipalities.id)")),
    ),
    "id",
    Municipality.__table__.c.verified.is_(True),
)
NOMINATIONS = _table(
    "nominations",
    _l("Номинации конкурса «Лучшая муниципальная практика»"),
    Nomination,
    (
        Field("id", "integer", _l("Номер")),
        Field("season", "integer", _l("С какого года действует")),
        *(Field("title", "string", _l("Название")), Field("title_en", "string", _l("Название по-английски"))),
    ),
)
OBSTACLES = _table(
    "obstacles",
    _l("Причины отказов от внедрения"),
    Obstacle,
    (Field("id", "integer", _l("Номер на сайте")), Field("code", "string", _l("Код")), _NAME, _NAME_EN),
)

_F: Any = Figure.__table__.c
_KEY = (_F.region, _F.nomination, _F.month, _F.measure)


def _figures(session: Session, keys: Sequence[Any]) -> list[Row]:
    # Keys of several columns are no list that every database takes: a range of them is.
    if not keys:
        return []
    query = select(*_KEY, _F.number).where(tuple_(*_KEY).between(tuple_(*keys[0]), tuple_(*keys[-1]))).order_by(*_KEY)
    # What stands for all is nothing here.
    return [
        {"region": region or None, "nomination": nomination or None, "month": month or None, "measure": measure, "number": number}
        for region, nomination, month, measure, number in session.execute(query)
    ]


def _figure_keys(session: Session, last: Any, limit: int) -> Sequence[Any]:
    after = () if last is None else (tuple_(*_KEY) > tuple_(*last),)
    return [tuple(row) for row in session.execute(select(*_KEY).where(*after).order_by(*_KEY).limit(limit))]


STATISTICS = Dataset(
        "statistics",
        _l("Суммы по месяцам, регионам и номинациям"),
        (
            Field("region", "string", _l("Код региона; пусто – по всем")),
            Field("nomination", "integer", _l("Номер номинации; пусто – по всем")),
            Field("month", "string", _l("Месяц, ГГГГ-ММ; пусто – за всё время")),
            Field("measure", "string", _l("Что посчитано (см. страницу «Статистика»)"), values=MEASURES),
            Field("number", "integer", _l("Сколько")),
        ),
        _figures,
        _figure_keys,
        "",
    )
