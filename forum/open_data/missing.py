"""What is looked for and not found, as a file: the questions of «Чего не хватает», without who asked."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from forum.core.clock import now
from forum.demand import queries
from forum.demand.models import Unmet
from forum.open_data.datasets import Dataset, Field, Row
from forum.open_data.rows import day, in_order

FIELDS = (
    Field("id", "integer", _l("Номер вопроса на сайте")),
    Field("text", "string", _l("Что искали")),
    Field("times", "integer", _l("Сколько раз; один человек за день считается однажды")),
    Field("first_on", "date", _l("Когда спросили впервые")),
    Field("last_on", "date", _l("Когда спрашивали в последний раз")),
)


def _rows(session: Session, ids: Sequence[Any]) -> list[Row]:
    found = session.scalars(queries.wanted(now().date()).where(Unmet.id.in_(ids)))
    return in_order(ids, [_row(one) for one in found])


def _row(unmet: Unmet) -> Row:
    days = {"first_on": day(unmet.first_on), "last_on": day(unmet.last_on)}
    return {"id": unmet.id, "text": unmet.text, "times": unmet.times, **days}


MISSING = Dataset("missing", _l("Чего не хватает: вопросы к поиску без ответа"), FIELDS, _rows)
