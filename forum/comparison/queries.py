"""Reading what is compared."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from forum.comparison.tray import Tray
from forum.core.actor import Actor
from forum.entries.policy import visible_to
from forum.places.models import Municipality
from forum.practices.models import Practice


def side_by_side(session: Session, ids: Tray, actor: Actor) -> list[Practice]:
    """Those of the practices that the actor may read, in the given order, with all that the comparison shows; no query for none."""
    if not ids:
        return []
    query = select(Practice).where(Practice.id.in_(ids), visible_to(actor))
    loads = (
        joinedload(Practice.municipality).joinedload(Municipality.region),
        joinedload(Practice.nomination),
        selectinload(Practice.tags),
    )
    found = {practice.id: practice for practice in session.scalars(query.options(*loads))}
    return [found[id] for id in ids if id in found]


def title(id: int, actor: Actor) -> Select[str]:
    """What a practice is called, where the actor may read it."""
    return select(Practice.title).where(Practice.id == id, visible_to(actor))
