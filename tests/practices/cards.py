"""Cards as a script that knows only the published field names would send them."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from forum.practices.models import Practice


def card(place: str = "Обнинск", **more: Any) -> dict[str, Any]:
    """Everything publishing needs."""
    fields = {
        "title": "Светлые дворы",
        "summary": "Заменили 1 240 светильников и вернули деньги за три года.",
        "municipality": place,
        "nomination": "1",
        "status": "implemented",
        "problem": "Во дворах горел каждый **третий** светильник.",
        "solution": "Заключили энергосервисный договор.",
        "results": "Расход энергии упал вдвое.",
    }
    return {**fields, **more}


def only(session: Session, *where: Any) -> Practice:
    """The one practice there is, apart from the session, which keeps no lock."""
    session.rollback()
    found = session.scalars(
        select(Practice).where(*where).options(selectinload(Practice.tags)), execution_options={"populate_existing": True}
    ).one()
    session.expunge_all()
    session.rollback()
    return found


def nothing(session: Session) -> bool:
    """No practice was saved."""
    session.rollback()
    found = session.scalar(select(Practice.id))
    session.rollback()
    return found is None
