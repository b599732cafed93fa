"""Who is deciding on what: an entry is taken for ten minutes, so that two moderators do not do the same work."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, joinedload

from forum.accounts.models import Person
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Refused
from forum.moderation.models import Claim

TERM = timedelta(minutes=10)


def take(session: Session, entry_id: int, by: Actor) -> None:
    """Take an entry, or take it for ten minutes more; raises Refused `moderation.taken` (name, minutes) where it is another's."""
    at = now()
    dialect: Any = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    values = {"entry_id": entry_id, "person_id": by.id, "until": at + TERM}
    free = or_(Claim.person_id == by.id, Claim.until <= at)
    insert = dialect.insert(Claim.__table__).values(**values)
    insert = insert.on_conflict_do_update(index_elements=["entry_id"], set_={"person_id": by.id, "until": at + TERM}, where=free)
    if session.execute(insert.returning(Claim.__table__.c.entry_id)).first() is None:
        name, until = session.execute(select(Person.name, Claim.until).join(Claim.person).where(Claim.entry_id == entry_id)).one()
        raise Refused("moderation.taken", name=name, minutes=minutes_left(until, at))


def release(session: Session, entry_id: int, by: Actor) -> None:
    """Give an entry back; what is not the actor's stays as it is."""
    session.execute(delete(Claim).where(Claim.entry_id == entry_id, Claim.person_id == by.id))


def taken(session: Session, entry_ids: Iterable[int]) -> dict[int, Claim]:
    """Claims on these entries with who made them, those whose term is over included."""
    query = select(Claim).where(Claim.entry_id.in_(list(entry_ids))).options(joinedload(Claim.person))
    return {claim.entry_id: claim for claim in session.scalars(query)}


def minutes_left(until: datetime, at: datetime) -> int:
    """Whole minutes up to the end of a term, begun ones counted; 0 when it is over."""
    return max(0, -int((at - until).total_seconds() // 60))
