"""Taking back what a moderator did, from what its event tells. Parts of moderation register how theirs are undone."""

from collections.abc import Callable, Iterable

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.comments.models import Comment
from forum.core import events
from forum.core.actor import Actor
from forum.core.errors import Forbidden, Refused
from forum.core.events import Event
from forum.entries.models import Entry, State
from forum.entries.policy import can_moderate
from forum.entries.revisions import of_entry, revise
from forum.moderation import merging
from forum.moderation.models import Report

UNDONE = "moderation.undone"
# By kind of event: undoes it, or raises Forbidden or Refused; `undo` has checked that it was not undone before, and says so after.
Undo = Callable[[Session, Event, Actor], None]
UNDO: dict[str, Undo] = {}
# By kind of entry: makes it say again what a snapshot says. Kinds above register theirs.
Restate = Callable[[Session, Entry, dict[str, object], Actor], None]
RESTATE: dict[str, Restate] = {}


def _restate_comment(session: Session, entry: Entry, snapshot: dict[str, object], by: Actor) -> None:
    session.get_one(Comment, entry.id).write(str(snapshot["body"]))


RESTATE["comment"] = _restate_comment


def undoes(*kinds: str) -> Callable[[Undo], Undo]:
    """Register how events of these kinds are undone."""

    def register(function: Undo) -> Undo:
        UNDO.update(dict.fromkeys(kinds, function))
        return function

    return register


def undone(session: Session, happened: Iterable[Event]) -> set[int]:
    """Numbers of those of the events that have been undone."""
    first = min((event.id for event in happened), default=None)
    if first is None:
        return set()
    ids = {event.id for event in happened}
    found = session.scalars(select(Event.data).where(Event.kind == UNDONE, Event.id > first))
    return {data["undoes"] for data in found if data.get("undoes") in ids}


def undo(session: Session, event: Event, by: Actor, reason: str) -> int:
    """Take a step back and tell whom it concerned; the number of the event.

    Raises Refused `moderation.undone` or `moderation.undo_late`, Forbidden.
    """
    if not reason.strip():
        raise Refused("moderation.reason_missing", field="reason")
    if event.kind not in UNDO:
        raise Refused("moderation.no_undo")
    # Whoever undoes at the same moment waits here.
    if event.entry_id is not None:
        _held(session, event.entry_id)
    if undone(session, [event]):
        raise Refused("moderation.undone")
    UNDO[event.kind](session, event, by)
    concerned = {"entry_id": event.entry_id, "person_id": event.person_id}
    return events.record(session, UNDONE, by=by, reason=reason.strip()[:2000], undoes=event.id, of=event.kind, **concerned)


def entry_of(session: Session, event: Event, by: Actor) -> Entry:
    """The entry of an event, where the actor may judge it now."""
    entry = _held(session, event.entry_id or 0)
    if not can_moderate(by, entry):
        raise Forbidden
    return entry


def _held(session: Session, entry_id: int) -> Entry:
    entry = session.get(Entry, entry_id, with_for_update={"of": Entry}, populate_existing=True)
    if entry is None:
        raise Refused("moderation.undo_late")
    return entry


def _still(condition: bool) -> None:
    if not condition:
        raise Refused("moderation.undo_late")


def latest(event: Event) -> Select[int]:
    """The number of the last event of this kind on its entry: a later one is another decision."""
    return select(func.max(Event.id)).where(Event.entry_id == event.entry_id, Event.kind == event.kind)


def _reopen(session: Session, event: Event) -> None:
    for report in session.scalars(select(Report).where(Report.id.in_(event.data.get("reports", [])))):
        report.resolved_at = report.resolved_by_id = report.outcome = None


@undoes("moderation.approved")
def _unapprove(session: Session, event: Event, by: Actor) -> None:
    entry = entry_of(session, event, by)
    _still(entry.state == State.PUBLISHED)
    author = session.get_one(Person, entry.author_id, with_for_update=True, populate_existing=True)
    author.approved_posts = max(0, author.approved_posts - int(event.data.get("counted", True)))
    entry.go_to(State.WAITING, event.data.get("note"))
    _reopen(session, event)


@undoes("moderation.hidden", "moderation.returned", "moderation.restored")
def _bring_back(session: Session, event: Event, by: Actor) -> None:
    entry = entry_of(session, event, by)
    left = {"moderation.hidden": State.HIDDEN, "moderation.returned": State.DRAFT, "moderation.restored": State.PUBLISHED}
    _still(entry.state == left[event.kind] and session.scalar(latest(event)) == event.id)
    entry.go_to(event.data.get("state", State.PUBLISHED), event.data.get("note"))
    _reopen(session, event)


@undoes("moderation.reports_declined")
def _open_again(session: Session, event: Event, by: Actor) -> None:
    entry_of(session, event, by)
    _reopen(session, event)


@undoes("moderation.locked", "moderation.unlocked")
def _lock_or_open(session: Session, event: Event, by: Actor) -> None:
    entry = entry_of(session, event, by)
    locked = event.kind == "moderation.locked"
    _still(entry.locked == locked and session.scalar(latest(event)) == event.id)
    entry.locked = not locked


@undoes("moderation.pinned", "moderation.unpinned")
def _pin_as_before(session: Session, event: Event, by: Actor) -> None:
    entry, before = entry_of(session, event, by), event.data.get("before")
    former = session.get(Entry, before) if before else None
    entry.stand_first(False)
    if former is not None and former.root_id == entry.root_id and former.is_published:
        former.stand_first(True)


@undoes("moderation.moved")
def _move_back(session: Session, event: Event, by: Actor) -> None:
    entry, before = entry_of(session, event, by), event.data["before"]
    if not by.moderates(before.get("region")):
        raise Forbidden
    entry.put_back(before)
    entry.touch()


@undoes("moderation.edited")
def _say_again(session: Session, event: Event, by: Actor) -> None:
    if event.data.get("revision") is None:  # files alone were changed: those that went are gone
        raise Refused("moderation.no_undo")
    entry, number = entry_of(session, event, by), event.data.get("revision") or 0
    revisions = session.scalars(of_entry(entry.id).limit(2)).all()
    _still(len(revisions) == 2 and revisions[0].number == number)
    RESTATE[entry.kind](session, entry, revisions[1].snapshot, by)
    entry.touch(words=True)
    revise(entry, by)


@undoes("moderation.merged")
def _part(session: Session, event: Event, by: Actor) -> None:
    entry = entry_of(session, event, by)
    kept = _held(session, event.data["kept"])
    if not can_moderate(by, kept):
        raise Forbidden
    _still(entry.state == State.MERGED and entry.merged_into_id == kept.id)
    merging.part(session, entry, kept, event.data)
