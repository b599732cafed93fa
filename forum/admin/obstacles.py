"""The list of what keeps towns from carrying a practice through: adding, renaming, retiring, on record."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.core import events
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.slug import slugify
from forum.taxonomy.loading import LAST
from forum.taxonomy.models import Obstacle


def add(session: Session, name: str, name_en: str, by: Actor) -> Obstacle:
    """One more, before «другое»; raises Refused `obstacle.…`."""
    _check(session, name, name_en)
    number = (session.scalar(select(func.max(Obstacle.id))) or 0) + 1
    row = Obstacle(code=f"{slugify(name_en)[:30]}-{number}", name=name, name_en=name_en, position=LAST - 10, changed_by_id=by.id)
    session.add(row)
    session.flush()
    events.record(session, "admin.obstacle_added", by=by, words=name)
    return row


def rename(session: Session, row: Obstacle, name: str, name_en: str, by: Actor) -> None:
    """Other words for it, wherever it was chosen; the same again change nothing. Raises Refused `obstacle.…`."""
    if (row.name, row.name_en) == (name, name_en):
        return
    _check(session, name, name_en, row)
    events.record(session, "admin.obstacle_renamed", by=by, was=row.name, words=name)
    row.name, row.name_en, row.changed_at, row.changed_by_id = name, name_en, now(), by.id


def retire(session: Session, row: Obstacle, retired: bool, by: Actor) -> None:
    """Offer it no more, or again; what it was chosen for still says so."""
    if row.retired != retired:
        row.retired, row.changed_at, row.changed_by_id = retired, now(), by.id
        events.record(session, "admin.obstacle_retired" if retired else "admin.obstacle_back", by=by, words=row.name)


def _check(session: Session, name: str, name_en: str, but: Obstacle | None = None) -> None:
    if not name or not name_en:
        raise Refused("obstacle.name_missing", field="name" if not name else "name_en")
    same = session.scalars(select(Obstacle).where(func.lower(Obstacle.name) == name.lower())).all()
    if any(row is not but for row in same):
        raise Refused("obstacle.known", field="name")
