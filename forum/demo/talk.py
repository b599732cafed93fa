"""Discussion and votes of the demonstration: through the verbs of the domain, then dated as they were written."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from forum.comments.models import Comment
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.events import Event
from forum.demo.reading import Calendar, Written
from forum.entries.models import Entry, Revision
from forum.votes.models import Vote, tally


def date_back(session: Session, entry: Entry, moment: datetime) -> None:
    """Make the entry, its first revision and what is on record of it as old as it says."""
    entry.created_at = entry.changed_at = moment
    entry.published_at = moment if entry.published_at else None
    session.flush()
    session.execute(update(Event).where(Event.entry_id == entry.id).values(at=moment))
    session.execute(update(Revision).where(Revision.entry_id == entry.id).values(at=moment))


def discuss(session: Session, root: Entry, written: Sequence[Written], people: dict[str, Actor], calendar: Calendar) -> list[Comment]:
    """The comments under a practice; returned are those of the first level, in their order."""
    made = [_comment(session, root, one, people, calendar, None) for one in written]
    dates = [calendar.moment(one["on"]) for one in _all(written)]
    root.last_comment_at = max(dates, default=None)
    session.flush()
    return made


def _comment(
    session: Session, root: Entry, one: Written, people: dict[str, Actor], calendar: Calendar, parent: Comment | None
) -> Comment:
    comment = Comment.on(root, one["body"], people[one["author"]], parent)
    comment.publish(by=people[one["author"]])
    moment = calendar.moment(one["on"])
    date_back(session, comment, moment)
    chance = random.Random(one["body"])
    vote(session, comment, people, moment, ups=max(0, chance.randint(-2, 7)), downs=int(chance.random() < 0.08))
    for reply in one.get("replies", ()):
        _comment(session, root, reply, people, calendar, comment)
    return comment


def _all(written: Sequence[Written]) -> Iterator[Written]:
    for one in written:
        yield one
        yield from _all(one.get("replies", ()))


def vote(session: Session, entry: Entry, people: dict[str, Actor], since: datetime, *, ups: int, downs: int) -> None:
    """Votes of different people other than the author, in the weeks after; who has just come has not voted yet."""
    chance = random.Random(f"{entry.kind} {since}")
    others = sorted(actor.id for actor in people.values() if actor.id and actor.trusted and actor.id != entry.author_id)
    voters = chance.sample(others, min(ups + downs, len(others)))
    for number, person_id in enumerate(voters):
        at = min(since + timedelta(minutes=chance.randint(10, 40_000)), now())
        session.add(Vote(entry_id=entry.id, person_id=person_id, value=-1 if number < downs else 1, at=at))
    session.flush()
    tally(session, entry)
