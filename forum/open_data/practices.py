"""Published practices as open data: the whole card, without people and contacts."""

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
from forum.practices.lists import P
from forum.practices.models import Practice, Status, practice_tags
from forum.practices.models.rows import as_dict
from forum.taxonomy.models import Tag

TEXTS = ("title", "summary", *Practice.MARKDOWN)
SAME = (
    *("id", "external_id", *TEXTS, "status", "municipality_id", "region", "started", "finished", "year"),
    *("obstacles", "stale"),
    *("upkeep", "beneficiaries", "participants", "comparable_cost", "comparable_per_beneficiary", "extra_share", "comparable_upkeep"),
)
_place, _entry, _donor = Municipality.__table__, Entry.__table__, Practice.__table__.alias("donor")

FIELDS = (
    Field("id", "integer", _l("Номер практики на сайте")),
    Field("external_id", "string", _l("Имя, под которым практику знают файлы: по нему её узнаёт импорт")),
    Field("url", "string", _l("Адрес страницы")),
    Field("title", "string", _l("Название")),
    Field("summary", "string", _l("Кратко")),
    Field("status", "string", _l("Статус внедрения"), values=tuple(Status)),
    Field("municipality", "string", _l("Муниципальное образование")),
    Field("municipality_id", "integer", _l("Его номер на сайте (municipalities.id)")),
    Field("oktmo", "string", _l("Его код ОКТМО, где он известен")),
    Field("population", "integer", _l("Его население, человек")),
    Field("region", "string", _l("Код субъекта Федерации, как в налоговой службе (regions.code)")),
    Field("nomination", "integer", _l("Номинация (nominations.id)")),
    Field("tags", "array", _l("Темы; в таблицах через точку с запятой")),
    Field("started", "string", _l("Начало, год и месяц: ГГГГ-ММ")),
    Field("finished", "string", _l("Окончание, год и месяц: ГГГГ-ММ")),
    Field("year", "integer", _l("Год окончания, а пока его нет – начала")),
    *(
        Field(name, "string", _l("Раздел карточки, разметка Markdown: %(name)s", name=words))
        for name, words in (
            ("problem", _l("ситуация до внедрения")),
            ("goals", _l("цели")),
            ("solution", _l("решение")),
            ("results", _l("результаты")),
            ("participation", _l("участие жителей")),
            ("lessons", _l("риски, ошибки, уроки")),
            ("would_help", _l("что помогло бы")),
            ("replication", _l("условия тиражирования")),
        )
    ),
    Field("steps", "array", _l("Шаги: что, когда, кто (what, when, who)")),
    Field("resources", "array", _l("Ресурсы: кадры, партнёры, правовые акты (kind, what)")),
    Field("indicators", "array", _l("Показатели: название, единица, до, после, месяц, источник (name, unit, before, after, on, source)")),
    Field("costs", "object", _l("Стоимость по источникам, рублей: бюджеты и внебюджетные средства"), parts=Practice.COSTS),
    Field("upkeep", "integer", _l("Ежегодное содержание, рублей")),
    Field("beneficiaries", "integer", _l("Благополучателей, человек")),
    Field("participants", "integer", _l("Участвовало жителей, человек")),
    Field("comparable_cost", "number", _l("Сопоставимая стоимость: рублей на жителя в ценах последнего года индекса")),
    Field("comparable_per_beneficiary", "number", _l("То же на одного благополучателя")),
    Field("extra_share", "number", _l("Доля внебюджетных средств в процентах")),
    Field("comparable_upkeep", "number", _l("Ежегодное содержание на жителя в тех же ценах, рублей")),
    Field("donor", "string", _l("external_id практики, по которой сделана эта")),
    Field("donor_id", "integer", _l("Номер этой практики на сайте")),
    Field("valid_on", "date", _l("На какую дату сведения действительны")),
    Field("obstacles", "array", _l("Что помешало той, что не сработала (obstacles.code)")),
    Field("stale", "boolean", _l("Не подтверждена: муниципалитет больше года не отвечал, верна ли она")),
    Field("confirmed_on", "date", _l("Когда муниципалитет подтвердил, что всё ещё верно")),
    Field("votes", "integer", _l("Сумма голосов")),
    Field("comments", "integer", _l("Комментариев")),
    Field("adoptions", "integer", _l("Сколько муниципалитетов внедрили у себя и подтвердили результат")),
    Field("adoptions_under_way", "integer", _l("Сколько внедряют сейчас")),
    Field("published_at", "datetime", _l("Когда опубликована, UTC")),
    Field("edited_at", "datetime", _l("Когда текст меняли в последний раз, UTC")),
)


def _rows(session: Session, ids: Sequence[int]) -> list[Row]:
    tags = _tags(session, ids)
    query = (
        select(
            *(P[name] for name in (*SAME, "nomination_id", "donor_id", "valid_on", "slug", *Practice.ROWS)),
            *(P[f"cost_{source}"] for source in Practice.COSTS),
            *(P[name] for name in ("list_score", "list_comments", "list_adoptions", "open_adoptions", "confirmed_at")),
            *(_place.c.name.label("municipality"), _place.c.oktmo, _place.c.population, _entry.c.edited_at, _entry.c.published_at),
            _donor.c.external_id.label("donor"),
            _donor.c.listed_at.label("donor_listed"),
        )
        .select_from(Practice.__table__)
        .join(_entry, _entry.c.id == P.id)
        .outerjoin(_place, _place.c.id == P.municipality_id)
        .outerjoin(_donor, _donor.c.id == P.donor_id)
        .where(P.listed_at.is_not(None), P.id.in_(ids))
    )
    return in_order(ids, [_row(found, tags[found.id]) for found in session.execute(query)])


def _tags(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    columns: tuple[Any, ...] = (practice_tags.c.practice_id, Tag.name)
    query = select(*columns).join(Tag, Tag.id == practice_tags.c.tag_id).where(practice_tags.c.practice_id.in_(ids)).order_by(Tag.name)
    for practice, name in session.execute(query):
        found[practice].append(name)
    return found


def _row(found: Any, tags: list[str]) -> Row:
    costs = {source: getattr(found, f"cost_{source}") for source in Practice.COSTS}
    donor = found.donor_listed is not None
    row = {
        **{name: getattr(found, name) for name in (*SAME, "municipality", "oktmo", "population")},
        "url": address("practices.show", id=found.id, slug=found.slug),
        "nomination": found.nomination_id,
        "tags": tags,
        **{name: [as_dict(one) for one in getattr(found, name)] for name in Practice.ROWS},
        "costs": {source: cost for source, cost in costs.items() if cost is not None},
        "donor": found.donor if donor else None,
        "donor_id": found.donor_id if donor else None,
        "valid_on": day(found.valid_on),
        "confirmed_on": day(found.confirmed_at),
        **{"votes": found.list_score, "comments": found.list_comments, "adoptions": found.list_adoptions},
        **{"adoptions_under_way": found.open_adoptions, "published_at": moment(found.published_at), "edited_at": moment(found.edited_at)},
    }
    return {field.name: row[field.name] for field in FIELDS}


PRACTICES = Dataset("practices", _l("Практики: карточки целиком"), FIELDS, _rows, key_after(P.id, P.listed_at.is_not(None)))
