"""How many towns a practice has gone to: numbers that lie on the practice, for lists to order and filter by."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, and_, case, distinct, func, or_, select
from sqlalchemy.orm import Session

from forum.core.model import Base
from forum.practices.models import Practice
from forum.search.queue import enqueue


def _table() -> Table:
    return Base.metadata.tables["adoptions"]


def recount(session: Session, practice_ids: Iterable[int]) -> None:
    """Count anew what guests can read of the adoptions of these practices; under a lock, so that two at once don't lose each other."""
    ids = sorted(set(practice_ids))
    session.flush()
    for practice in session.scalars(select(Practice).where(Practice.id.in_(ids)).order_by(Practice.id).with_for_update(of=Practice)):
        session.refresh(practice, attribute_names=["list_adoptions", "open_adoptions"])
        confirmed, under_way = session.execute(_counted(practice.id)).one()
        if (practice.list_adoptions or 0, practice.open_adoptions) != (confirmed, under_way):
            practice.list_adoptions = confirmed if practice.is_published else None
            practice.open_adoptions = under_way


def _counted(practice_id: Any) -> Any:
    a = _table().c
    confirmed = a.confirmed_at.is_not(None)
    return select(
        # A merge may bring two records of one town together: it counts once.
        func.count(distinct(case((confirmed, a.municipality_id)))),
        func.count(distinct(case((and_(a.confirmed_at.is_(None), a.stage != "refused"), a.municipality_id)))),
    ).where(a.practice_id == practice_id, a.listed_at.is_not(None))


def drifted(session: Session) -> list[int]:
    """Practices whose numbers are not those of their adoptions: none, unless rows were changed by other hands."""
    a, p = _table().c, Practice.__table__.c
    counted = (
        select(
            a.practice_id,
            func.count(distinct(case((a.confirmed_at.is_not(None), a.municipality_id)))).label("confirmed"),
            func.count(distinct(case((and_(a.confirmed_at.is_(None), a.stage != "refused"), a.municipality_id)))).label("under_way"),
        )
        .where(a.listed_at.is_not(None))
        .group_by(a.practice_id)
        .subquery()
    )
    confirmed, under_way = func.coalesce(counted.c.confirmed, 0), func.coalesce(counted.c.under_way, 0)
    differs = or_(p.list_adoptions != confirmed, p.open_adoptions != under_way)
    joined = Practice.__table__.outerjoin(counted, counted.c.practice_id == p.id)
    return list(session.scalars(select(p.id).select_from(joined).where(p.listed_at.is_not(None), differs)))


def mend(session: Session) -> int:
    """Count anew where the numbers have drifted; how many practices that were."""
    ids = drifted(session)
    for start in range(0, len(ids), 200):
        recount(session, ids[start : start + 200])
    enqueue(session, ids)
    return len(ids)
