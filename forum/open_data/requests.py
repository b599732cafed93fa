"""Published requests for a solution as open data: what a town looks for and how that ended, without people."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.entries.models import Entry
from forum.open_data.datasets import Dataset, Field, Row
from forum.open_data.rows import address, day, in_order, key_after, moment
from forum.places.models import Municipality
from forum.practices.models import Practice
from forum.solution_requests.lists import R
from forum.solution_requests.models import Outcome, SolutionRequest, request_tags
from forum.taxonomy.models import Tag

SAME = ("id", "title", "problem", "limits", "closing", "most_cost", "municipality_id", "region", "outcome")
_place, _entry, _practice = Municipality.__table__, Entry.__table__, Practice.__table__

FIELDS = (
    Field("id", "integer", _l("Номер запроса на сайте")),
    Field("url", "string", _l("Адрес страницы")),
    Field("title", "string", _l("Название")),
    Field("problem", "string", _l("Что нужно решить, разметка Markdown")),
    Field("limits", "string", _l("Условия, разметка Markdown")),
    Field("most_cost", "integer", _l("Не дороже, рублей")),
    Field("needed_by", "date", _l("К какому сроку нужно решение")),
    Field("until", "date", _l("До какого дня ждут ответов")),
    Field("municipality", "string", _l("Муниципальное образование")),
    Field("municipality_id", "integer", _l("Его номер на сайте (municipalities.id)")),
    Field("region", "string", _l("Код субъекта Федерации, как в налоговой службе (regions.code)")),
    Field("nomination", "integer", _l("Номинация (nominations.id)")),
    Field("tags", "array", _l("Темы; в таблицах через точку с запятой")),
    Field("outcome", "string", _l("Чем кончилось: ждёт ответа, взялись внедрять, помогло другое, без ответа"), values=tuple(Outcome)),
    Field("closing", "string", _l("Что помогло, разметка Markdown")),
    Field("closed_on", "date", _l("Когда закрыт")),
    Field("practice_id", "integer", _l("Практика, за которую взялись (practices.id)")),
    Field("wanted", "integer", _l("Скольким ещё это нужно")),
    Field("offers", "integer", _l("Сколько практик предложили")),
    Field("published_at", "datetime", _l("Когда опубликован, UTC")),
)


def _rows(session: Session, ids: Sequence[int]) -> list[Row]:
    tags = _tags(session, ids)
    query = (
        select(
            *(R[name] for name in (*SAME, "slug", "needed_by", "until", "nomination_id", "closed_on", "list_wanted", "offers_count")),
            *(_place.c.name.label("municipality"), _entry.c.published_at, _practice.c.id.label("practice_id")),
        )
        .select_from(SolutionRequest.__table__)
        .join(_entry, _entry.c.id == R.id)
        .join(_place, _place.c.id == R.municipality_id)
        # A practice that was hidden since is not named.
        .outerjoin(_practice, (_practice.c.id == R.practice_id) & _practice.c.listed_at.is_not(None))
        .where(R.listed_at.is_not(None), R.id.in_(ids))
    )
    return in_order(ids, [_row(found, tags[found.id]) for found in session.execute(query)])


def _tags(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    columns: tuple[Any, ...] = (request_tags.c.request_id, Tag.name)
    query = select(*columns).join(Tag, Tag.id == request_tags.c.tag_id).where(request_tags.c.request_id.in_(ids)).order_by(Tag.name)
    for request, name in session.execute(query):
        found[request].append(name)
    return found


def _row(found: Any, tags: list[str]) -> Row:
    row = {
        **{name: getattr(found, name) for name in (*SAME, "municipality", "practice_id")},
        "url": address("requests.show", id=found.id, slug=found.slug),
        **{name: day(getattr(found, name)) for name in ("needed_by", "until", "closed_on")},
        **{"nomination": found.nomination_id, "tags": tags, "wanted": found.list_wanted, "offers": found.offers_count},
        "published_at": moment(found.published_at),
    }
    return {field.name: row[field.name] for field in FIELDS}


REQUESTS = Dataset("requests", _l("Запросы: что ищут и чем это кончилось"), FIELDS, _rows, key_after(R.id, R.listed_at.is_not(None)))
