"""Finding copies and erasures."""

from sqlalchemy import Select, select

from forum.core.actor import Actor
from forum.core.clock import now
from forum.personal_data.models import TAKEN_FOR, DataCopy, Erasure


def newest_copy(actor: Actor) -> Select[DataCopy]:
    """The copy a person asked for last."""
    return select(DataCopy).where(DataCopy.person_id == actor.id).order_by(DataCopy.id.desc()).limit(1)


def copy_of(actor: Actor, copy_id: int) -> Select[DataCopy]:
    """A copy that is ready, for whose it is."""
    return select(DataCopy).where(DataCopy.id == copy_id, DataCopy.person_id == actor.id, DataCopy.key.is_not(None))


def copies_to_make() -> Select[int]:
    """Ids of what is asked for and in nobody's hands, the oldest first."""
    free = DataCopy.taken_at.is_(None) | (DataCopy.taken_at < now() - TAKEN_FOR)
    return select(DataCopy.id).where(DataCopy.done_at.is_(None), free).order_by(DataCopy.id)


def pending_erasure(person_id: int | None) -> Select[Erasure]:
    """The erasure that is still to come."""
    return select(Erasure).where(Erasure.person_id == person_id, Erasure.done_at.is_(None))


def erasures_due() -> Select[int]:
    """People whose term is over."""
    return select(Erasure.person_id).where(Erasure.done_at.is_(None), Erasure.due_at <= now()).order_by(Erasure.due_at)
