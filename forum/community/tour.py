"""The first steps of who has just come: three, each ticked off by being done; gone when all are, or when the person has had enough."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, or_, select, update
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.bookmarks.models import Bookmark
from forum.core.clock import now
from forum.core.stamps import QUIET
from forum.entries.models import Entry, State
from forum.follows.models import Follow
from forum.votes.models import Vote

SHOWN = timedelta(days=30)  # from registering on
WRITTEN = (State.PUBLISHED, State.WAITING)


@dataclass(frozen=True, slots=True)
class Steps:
    """What is done of it: something was voted for, kept or followed; the profile tells who it is; a comment or a practice was sent."""

    found: bool
    introduced: bool
    written: bool

    @property
    def done(self) -> int:
        """How many of the three."""
        return self.found + self.introduced + self.written


def is_new(person: Person, at: datetime) -> bool:
    """Whether the steps are for this person: registered lately, and has not put them away."""
    return person.tour_dismissed_at is None and person.created_at > at - SHOWN


def steps(session: Session, person: Person) -> Steps:
    """How far a person has come; one query."""
    mine = (Vote.person_id == person.id, Bookmark.person_id == person.id, Follow.person_id == person.id)
    found = or_(*(exists().where(condition) for condition in mine))
    written = exists().where(Entry.author_id == person.id, Entry.state.in_(WRITTEN))
    row = session.execute(select(found, written)).one()
    return Steps(bool(row[0]), bool(person.position.strip()) and person.municipality_id is not None, bool(row[1]))


def dismiss(session: Session, person_id: int) -> None:
    """Not to be shown again."""
    session.execute(update(Person).where(Person.id == person_id).values(tour_dismissed_at=now()), execution_options=QUIET)
