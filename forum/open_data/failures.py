"""What did not work, as a file: practices and refusals in one list, as the page shows them, without people."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from forum.adoptions.lists import A
from forum.failures.lists import FAILED, PRACTICE, REFUSAL, REFUSED
from forum.open_data.datasets import Dataset, Field, Row
from forum.open_data.rows import address, moment
from forum.places.models import Municipality
from forum.practices.lists import P
from forum.taxonomy.models import Obstacle

Key = tuple[int, int]  # what it is, and its number there
KINDS = {PRACTICE: "practice", REFUSAL: "refusal"}
_place, _obstacle = Municipality.__table__, Obstacle.__table__

FIELDS = (
    Field("kind", "string", _l("Что это: практика, которая не сработала, или отказ от чужой"), values=tuple(KINDS.values())),
    Field("id", "integer", _l("Номер практики (practices.id) или внедрения (adoptions.id)")),
    Field("url", "string", _l("Адрес страницы")),
    Field("title", "string", _l("Название практики")),
    Field("municipality", "string", _l("Муниципальное образование")),
    Field("municipality_id", "integer", _l("Его номер на сайте (municipalities.id)")),
    Field("region", "string", _l("Код субъекта Федерации, как в налоговой службе (regions.code)")),
    Field("nomination", "integer", _l("Номинация (nominations.id)")),
    Field("obstacles", "array", _l("Что помешало (obstacles.code)")),
    Field("what_happened", "string", _l("Кратко о практике; у отказа – почему отказались, разметка Markdown")),
    Field("would_help", "string", _l("Что помогло бы, разметка Markdown")),
    Field("published_at", "datetime", _l("Когда опубликовано, UTC")),
)


def _rows(session: Session, keys: Sequence[Key]) -> list[Row]:
    wanted = {what: [id for kind, id in keys if kind == what] for what in KINDS}
    found: dict[Key, Row] = {}
    for what, query in ((PRACTICE, _practices(wanted[PRACTICE])), (REFUSAL, _refusals(wanted[REFUSAL]))):
        if wanted[what]:
            found |= {(what, one.id): _row(what, one) for one in session.execute(query)}
    return [found[key] for key in keys if key in found]


def _practices(ids: Sequence[int]) -> Select[Any]:
    columns = (P.id, P.slug, P.title, P.municipality_id, P.region, P.nomination_id, P.listed_at, P.would_help)
    query = select(*columns, P.summary.label("words"), P.obstacles.label("met"), _place.c.name.label("municipality"))
    return query.outerjoin(_place, _place.c.id == P.municipality_id).where(P.id.in_(ids), *FAILED)


def _refusals(ids: Sequence[int]) -> Select[Any]:
    columns = (A.id, A.title, A.municipality_id, A.region, A.nomination_id, A.listed_at, A.would_help)
    query = select(*columns, A.refusal.label("words"), _obstacle.c.code.label("met"), _place.c.name.label("municipality"))
    tables = Municipality.__table__.join(A.id.table, _place.c.id == A.municipality_id).outerjoin(_obstacle, _obstacle.c.id == A.obstacle_id)
    return query.select_from(tables).where(A.id.in_(ids), *REFUSED)


def _row(what: int, found: Any) -> Row:
    practice = what == PRACTICE
    row = {
        **{name: getattr(found, name) for name in ("id", "title", "municipality", "municipality_id", "region", "would_help")},
        "kind": KINDS[what],
        "url": address("practices.show", id=found.id, slug=found.slug) if practice else address("adoptions.show", id=found.id),
        "nomination": found.nomination_id,
        "obstacles": list(found.met or ()) if practice else [found.met] if found.met else [],
        "what_happened": found.words,
        "published_at": moment(found.listed_at),
    }
    return {field.name: row[field.name] for field in FIELDS}


FAILURES = Dataset("failures", _l("Не сработало: неудачи и отказы одним списком"), FIELDS, _rows)
