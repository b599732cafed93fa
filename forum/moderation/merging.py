"""Two entries that say the same become one: what people left at the one goes to the other, and can be given back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from forum.attachments.models import Attachment
from forum.bookmarks.models import Bookmark
from forum.comments.models import Comment
from forum.comments.splitting import move_all
from forum.core.actor import Actor
from forum.core.errors import Refused
from forum.entries.models import Entry
from forum.follows.models import Follow, Mute
from forum.moderation.models import Report
from forum.votes.models import Vote, tally

LARGEST = 20_000  # of anything: the numbers of what moved stand in one event


@dataclass(frozen=True, slots=True)
class Carrier:
    """How one kind of thing that hangs on entries moves along. Features above register theirs.

    `count(session, gone, kept)` says how many would; `carry` moves them and gives their numbers; `give_back(session, gone, kept,
    numbers)` takes those home that are still there.
    """

    count: Callable[[Session, Entry, Entry], int]
    carry: Callable[[Session, Entry, Entry], list[int]]
    give_back: Callable[[Session, Entry, Entry, list[int]], None]


def _of_people(kind: Any, own: bool) -> Carrier:
    """What a person has at most one of for each entry: where they have one at the kept entry already, that one stays.

    `own`: the author of the kept entry may have one too.
    """

    def moving(gone: Entry, kept: Entry) -> Any:
        there = select(kind.person_id).where(kind.entry_id == kept.id)
        query = select(kind.person_id).where(kind.entry_id == gone.id, kind.person_id.not_in(there))
        return query if own else query.where(kind.person_id != kept.author_id)

    def count(session: Session, gone: Entry, kept: Entry) -> int:
        return session.scalar(select(func.count()).select_from(moving(gone, kept).limit(LARGEST + 1).subquery())) or 0

    def carry(session: Session, gone: Entry, kept: Entry) -> list[int]:
        people = list(session.scalars(moving(gone, kept).order_by(kind.person_id)))
        _hand_over(session, gone.id, kept.id, people)
        return people

    def give_back(session: Session, gone: Entry, kept: Entry, people: list[int]) -> None:
        _hand_over(session, kept.id, gone.id, people)

    def _hand_over(session: Session, source: int, target: int, people: list[int]) -> None:
        table = kind.__table__
        session.execute(update(table).where(table.c.entry_id == source, table.c.person_id.in_(people)).values(entry_id=target))

    return Carrier(count, carry, give_back)


_comments = Comment.__table__


def _count_comments(session: Session, gone: Entry, kept: Entry) -> int:
    return session.scalar(select(func.count()).where(_comments.c.on_id == gone.id)) or 0


def _carry_comments(session: Session, gone: Entry, kept: Entry) -> list[int]:
    return move_all(session, _comments, gone, kept)


def _give_comments_back(session: Session, gone: Entry, kept: Entry, ids: list[int]) -> None:
    move_all(session, _comments, kept, gone, ids)


CARRIERS: dict[str, Carrier] = {
    "comments": Carrier(_count_comments, _carry_comments, _give_comments_back),
    "votes": _of_people(Vote, own=False),
    "bookmarks": _of_people(Bookmark, own=True),
    "follows": _of_people(Follow, own=True),
    "mutes": _of_people(Mute, own=True),
}


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a merge would do: how many of each thing go along, how many votes would be a second one, how many files stay."""

    moving: dict[str, int]
    votes_twice: int
    files: int


def forecast(session: Session, gone: Entry, kept: Entry) -> Forecast:
    """Look before merging; raises Refused where the two can't be merged."""
    gone.check_merge(kept)
    moving = {name: carrier.count(session, gone, kept) for name, carrier in CARRIERS.items()}
    votes = session.scalar(select(func.count()).where(Vote.entry_id == gone.id)) or 0
    files = session.scalar(select(func.count()).where(Attachment.entry_id == gone.id)) or 0
    return Forecast(moving, votes - moving["votes"], files)


def merge(session: Session, gone: Entry, kept: Entry, by: Actor, reason: str, reports: list[int]) -> None:
    """Merge `gone` into `kept`; both are held. Raises Refused where that can't be."""
    gone.check_merge(kept)
    if max(carrier.count(session, gone, kept) for carrier in CARRIERS.values()) > LARGEST:
        raise Refused("moderation.merge_too_large", limit=LARGEST)
    carried = {name: carrier.carry(session, gone, kept) for name, carrier in CARRIERS.items()}
    gone.merge_into(kept, by, reason, carried=carried, reports=reports)
    _count_votes(session, gone, kept)


def part(session: Session, gone: Entry, kept: Entry, said: dict[str, Any]) -> None:
    """Undo a merge by what its event says."""
    for name, numbers in said.get("carried", {}).items():
        if name in CARRIERS:
            CARRIERS[name].give_back(session, gone, kept, numbers)
    gone.released(kept, said["own"])
    gone.merged_into_id = None
    gone.go_to(said["state"], gone.note)
    for report in session.scalars(select(Report).where(Report.id.in_(said.get("reports", [])))):
        report.resolved_at = report.resolved_by_id = report.outcome = None
    _count_votes(session, gone, kept)


def _count_votes(session: Session, *both: Entry) -> None:
    session.flush()
    for entry in both:
        tally(session, entry)
