"""Reminding those who keep an adoption that nothing has been heard of it for as long as they chose."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.adoptions.models import Adoption, AdoptionReminder
from forum.core.actor import SYSTEM
from forum.core.clock import now
from forum.core.once import insert_once

MOST = 500  # at a time: the rest an hour later


def due(session: Session) -> Sequence[int]:
    """The numbers of those whose day has come, the longest silent first."""
    day, a = now().date(), Adoption.__table__.c
    return session.scalars(select(a.id).where(a.remind_on <= day).order_by(a.remind_on, a.id).limit(MOST)).all()


def remind(session: Session, id: int) -> bool:
    """Tell its keepers, once for each day that fell due whoever else tries; then wait as long again. Whether there was anybody to tell.

    One that others can't read now (hidden, withdrawn) is passed over: its day comes again.
    """
    adoption = session.get(Adoption, id, with_for_update=True)
    if adoption is None or adoption.remind_on is None or adoption.remind_on > now().date():
        return False
    day, adoption.remind_on = adoption.remind_on, now().date() + timedelta(days=adoption.remind_after or 90)
    if not adoption.is_published or not insert_once(session, AdoptionReminder, adoption_id=id, due_on=day, at=now()):
        return False
    adoption.record("adoption.reminded", by=SYSTEM)
    return True
