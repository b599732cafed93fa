"""The sums of the statistics page: counted by the worker and kept, so that a page reads some rows however much there is."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import String, bindparam, cast, delete, func, insert, select, union_all, update
from sqlalchemy.orm import Session

from forum.adoptions.lists import A
from forum.adoptions.models import Stage
from forum.core import stamps
from forum.entries.models import Entry
from forum.open_data.models import Figure
from forum.practices.lists import P
from forum.practices.models import Practice

# Practices that were published; adoptions that were begun, confirmed, given up; municipalities by when they first did either.
MEASURES = ("practices", "opened", "confirmed", "refused", "towns")
Key = tuple[str, int, str, str]  # region, nomination, month, measure
_table: Any = Figure.__table__
E: Any = Entry.__table__.c
_PUBLISHED: Any = (Practice.__table__, Entry.__table__, E.id == P.id)
_KEY = ("region", "nomination", "month", "measure")


def count(session: Session) -> Counter[Key]:
    """The sums as they are now, of what guests can read: by region, by nomination and of all; by month (UTC) and of all time."""
    found: Counter[Key] = Counter()
    for measure, query in _additive():
        for month, region, nomination, number in session.execute(query):
            for place, what in ((region, 0), ("", nomination), ("", 0)):
                if place is not None and what is not None:
                    found[place, what, month, measure] += number
                    found[place, what, "", measure] += number
    _count_towns(session, found)
    return found


def _month(column: Any) -> Any:
    return func.substr(cast(column, String), 1, 7)


def _additive() -> Iterator[tuple[str, Any]]:
    columns = (_month(E.published_at), P.region, P.nomination_id)
    # By when they were published: in lists, what nobody confirmed stands lower than that.
    yield "practices", select(*columns, func.count()).join_from(*_PUBLISHED).where(P.listed_at.is_not(None)).group_by(*columns)
    moments = {
        "opened": (A.opened_on, A.opened_on.is_not(None)),
        "confirmed": (A.confirmed_at, A.confirmed_at.is_not(None)),
        "refused": (func.coalesce(A.closed_on, A.opened_on), A.stage == Stage.REFUSED),
    }
    for measure, (column, condition) in moments.items():
        columns = (_month(column), A.region, A.nomination_id)
        yield measure, select(*columns, func.count()).where(A.listed_at.is_not(None), condition).group_by(*columns)


def _count_towns(session: Session, found: Counter[Key]) -> None:
    """Each counts once: in the month it first took part, of its region and of all; and once for each nomination."""
    where = (P.municipality_id.label("town"), P.region.label("region"), P.nomination_id.label("what"))
    wrote = select(*where, _month(E.published_at).label("month")).join_from(*_PUBLISHED)
    took = select(A.municipality_id, A.region, A.nomination_id, _month(A.opened_on)).where(A.listed_at.is_not(None))
    acts = union_all(wrote.where(P.listed_at.is_not(None), P.municipality_id.is_not(None)), took).subquery()
    first = func.min(acts.c.month)
    towns: dict[int, tuple[str, str]] = {}
    query = select(acts.c.town, acts.c.region, acts.c.what, first).group_by(acts.c.town, acts.c.region, acts.c.what)
    for town, region, nomination, month in session.execute(query):
        towns[town] = min((month, region), towns.get(town, (month, region)))
        if nomination is not None:
            found["", nomination, month, "towns"] += 1
            found["", nomination, "", "towns"] += 1
    for month, region in towns.values():
        for place in ("", region):
            found[place, 0, month, "towns"] += 1
            found[place, 0, "", "towns"] += 1


def keep(session: Session, counted: Counter[Key]) -> int:
    """Bring the kept sums up to these, the caller commits; how many changed. Where none did, pages stay as they are kept."""
    known = {tuple(row[:4]): row[4] for row in session.execute(select(*(_table.c[name] for name in _KEY), _table.c.number))}
    same = [_table.c[name] == bindparam(f"key_{name}") for name in _KEY]

    def named(key: tuple[Any, ...], **more: int) -> dict[str, Any]:
        return {f"key_{name}": value for name, value in zip(_KEY, key, strict=True)} | more

    new = [dict(zip(_KEY, key, strict=True)) | {"number": number} for key, number in counted.items() if key not in known]
    other = [named(key, now=number) for key, number in counted.items() if key in known and known[key] != number]
    gone = [named(key) for key in known if key not in counted]
    connection = session.connection()
    for statement, rows in (
        (insert(_table), new),
        (update(_table).where(*same).values(number=bindparam("now")), other),
        (delete(_table).where(*same), gone),
    ):
        if rows:
            connection.execute(statement, rows)
            stamps.mark(session)
    return len(new) + len(other) + len(gone)
