"""One person's vote on one entry."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, case, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.model import Base
from forum.entries.models import Entry
from forum.entries.queries import hold


class Vote(Base):
    """For (1) or against (-1)."""

    __tablename__ = "votes"
    __table_args__ = (CheckConstraint("value IN (-1, 1)", name="value"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    value: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=now)


def cast(session: Session, entry: Entry, by: Actor, value: int) -> None:
    """Give, change or (0) take back a vote. The entry's row is locked, so counts stay exact whoever else votes."""
    hold(session, entry)
    vote = session.get(Vote, (entry.id, by.id))
    if vote is not None and value == 0:
        session.delete(vote)
    elif vote is not None:
        vote.value, vote.at = value, now()
    elif value:
        session.add(Vote(entry_id=entry.id, person_id=by.id, value=value))
    session.flush()
    tally(session, entry)


def tally(session: Session, entry: Entry) -> None:
    """Count the votes of an entry anew."""
    ups, downs = session.execute(
        select(func.count(case((Vote.value == 1, 1))), func.count(case((Vote.value == -1, 1)))).where(Vote.entry_id == entry.id)
    ).one()
    entry.ups, entry.downs, entry.score = ups, downs, ups - downs
