"""Profiles of municipalities, and of the practices that come from them, kept in step (see places/likeness.py)."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from forum.core import stamps
from forum.places.models import Municipality
from forum.practices.models import Practice
from forum.search.queue import enqueue

BATCH = 5_000


def compare_anew(session: Session) -> int:
    """Set the profile of every municipality by what is known of it now; how many changed."""
    changed = 0
    for place in session.scalars(select(Municipality)):
        before = place.profile
        place.compare_anew()
        changed += place.profile != before
    session.flush()
    return changed


def follow(session: Session, municipalities: Collection[int] | None = None) -> int:
    """Give practices the profile of their municipality (of these, or of all), and tell search; how many changed. Safe to repeat."""
    table: Any = Practice.__table__
    place = Municipality.__table__
    found = select(table.c.id).outerjoin(place, place.c.id == table.c.municipality_id)
    found = found.where(table.c.profile.is_distinct_from(place.c.profile))
    if municipalities is not None:
        found = found.where(table.c.municipality_id.in_(municipalities))
    ids = session.scalars(found).all()
    theirs = select(place.c.profile).where(place.c.id == table.c.municipality_id).scalar_subquery()
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        session.connection().execute(update(table).where(table.c.id.in_(some)).values(profile=theirs))
        enqueue(session, some)
    if ids:
        stamps.mark(session)
    return len(ids)
