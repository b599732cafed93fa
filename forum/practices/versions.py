"""The last versions of a form that somebody is writing: one for every few minutes, so that a paragraph deleted by mistake is not gone."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from forum.core.actor import Actor
from forum.entries.models import DraftVersion

KEPT = 10
APART = timedelta(minutes=5)
LOST = 0.8  # what is left of a text after a loss: then the fuller version stays, however young it is
_ASIDE = ("version", "region", "add_place")


def remember(session: Session, entry_id: int, by: Actor, fields: dict[str, Any], at: datetime, *, beside: bool = False) -> None:
    """Keep what stands in the form now; within `APART` it takes the place of the version before.

    It stands `beside` that one where much of it is gone, or where the caller says so.
    """
    session.flush()
    newest = session.scalar(of(entry_id, by).limit(1))
    if newest is not None and _words(newest.fields) == _words(fields):
        return
    if newest is not None and not beside and at - newest.begun_at < APART and _length(fields) >= LOST * _length(newest.fields):
        newest.fields, newest.at = fields, at
        return
    session.add(DraftVersion(entry_id=entry_id, person_id=by.id, begun_at=at, at=at, fields=fields))
    session.flush()
    old = session.scalars(of(entry_id, by).with_only_columns(DraftVersion.id).offset(KEPT)).all()
    if old:
        session.execute(delete(DraftVersion).where(DraftVersion.id.in_(old)))


def of(entry_id: int, by: Actor) -> Select[DraftVersion]:
    """One's own versions of what one writes there, the newest first."""
    own = (DraftVersion.entry_id == entry_id, DraftVersion.person_id == by.id)
    return select(DraftVersion).where(*own).order_by(DraftVersion.id.desc())


def forget(session: Session, entry_id: int, by: Actor) -> None:
    """Others see the words now: from here on their history remembers."""
    session.execute(delete(DraftVersion).where(DraftVersion.entry_id == entry_id, DraftVersion.person_id == by.id))


def _words(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: values for name, values in fields.items() if name not in _ASIDE and any(values)}


def _length(fields: dict[str, Any]) -> int:
    return sum(len(str(value)) for values in _words(fields).values() for value in values)
