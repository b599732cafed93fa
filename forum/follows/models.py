"""What a person follows, and which discussions they have muted."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from forum.accounts.models import Person
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.model import Base
from forum.core.once import insert_once
from forum.entries.models import Entry

# What can be followed, by the column that points to it.
THINGS = {
    "entry": "entry_id",
    "person": "followed_id",
    "tag": "tag_id",
    "region": "region_code",
    "municipality": "municipality_id",
    "nomination": "nomination_id",
}
QUOTA = 300  # of one person, discussions apart: those grow with what they write
ONE_THING = " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in THINGS.values()) + " = 1"


class Follow(Base):
    """That a person wants to hear of one thing: a practice (its discussion), a person, a tag, a place or a nomination."""

    __tablename__ = "follows"
    __table_args__ = (
        CheckConstraint(ONE_THING, name="one_thing"),
        Index("ix_follows_person_id_at_id", "person_id", "at", "id"),
        # Begun by the thing: its followers are read in the order of people.
        *(Index(f"uq_follows_{column}_person_id", column, "person_id", unique=True) for column in THINGS.values()),
    )
    affects_pages: ClassVar[bool] = False

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"))
    followed_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    tag_id: Mapped[int | None] = mapped_column(ForeignKey("tags.id"))
    region_code: Mapped[str | None] = mapped_column(String(2), ForeignKey("regions.code"))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    nomination_id: Mapped[int | None] = mapped_column(ForeignKey("nominations.id"))
    at: Mapped[datetime] = mapped_column(default=now)


class Mute(Base):
    """That a person wants to hear nothing of a discussion: not even that somebody answered them there."""

    __tablename__ = "mutes"
    affects_pages: ClassVar[bool] = False

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(default=now)


def follow(session: Session, by: Actor, kind: str, key: int | str) -> None:
    """Follow a thing of a kind of `THINGS`; to follow a discussion again ends its muting.

    Raises Refused: `follow.self`, `follow.quota` (limit).
    """
    column = THINGS[kind]
    if kind == "person" and key == by.id:
        raise Refused("follow.self")
    if kind == "entry":
        unmute(session, by, int(key))
    elif _is_new(session, by, column, key):
        _check_quota(session, by)
    insert_once(session, Follow, person_id=by.id, at=now(), **{column: key})


def unfollow(session: Session, by: Actor, kind: str, key: int | str) -> None:
    """Follow it no longer. Authors hear of comments on what they wrote without following it: for them it means to mute."""
    found = session.scalar(select(Follow).where(Follow.person_id == by.id, getattr(Follow, THINGS[kind]) == key))
    if found is not None:
        session.delete(found)
        session.flush()
    if kind == "entry" and session.scalar(select(Entry.author_id).where(Entry.id == key)) == by.id:
        mute(session, by, int(key))


def mute(session: Session, by: Actor, entry_id: int) -> None:
    """Hear nothing of a discussion; whether it is followed stays as it was."""
    insert_once(session, Mute, person_id=by.id, entry_id=entry_id, at=now())


def unmute(session: Session, by: Actor, entry_id: int) -> None:
    """Hear of it again."""
    found = session.get(Mute, (by.id, entry_id))
    if found is not None:
        session.delete(found)
        session.flush()


def _is_new(session: Session, by: Actor, column: str, key: int | str) -> bool:
    return session.scalar(select(Follow.id).where(Follow.person_id == by.id, getattr(Follow, column) == key)) is None


def _check_quota(session: Session, by: Actor) -> None:
    # Under a lock, so that two at once are counted.
    session.execute(select(Person.id).where(Person.id == by.id).with_for_update())
    others = select(func.count()).where(Follow.person_id == by.id, Follow.entry_id.is_(None))
    if (session.scalar(others) or 0) >= QUOTA:
        raise Refused("follow.quota", limit=QUOTA)
