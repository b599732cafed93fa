"""What follows when a practice appears, when somebody who leads practices leaves, and who hears of a change of hands."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from forum.accounts.models import Person
from forum.core.actor import Actor
from forum.core.events import Event, on
from forum.entries.revisions import revise
from forum.notifications.telling import may_see, receiver, tell
from forum.practices import ownership, profiles
from forum.practices.confirming import ASKED, REMINDED
from forum.practices.models import Practice

CONFIRMATION, KEEPING = "confirmation", "keeping"
TOLD_OF_LEAVING = 30  # people of the municipality


@on("practice.published")
def begin_history(session: Session, event: Event) -> None:
    """What a moderator lets through begins its history too; repeating changes nothing, since equal words make no revision."""
    practice = session.scalar(select(Practice).where(Practice.id == event.entry_id).options(selectinload(Practice.tags)))
    if practice is not None and practice.is_published:
        revise(practice, by=Actor(id=practice.author_id))


@on("municipality.changed")
def compare_practices_anew(session: Session, event: Event) -> None:
    """Practices go along with their municipalities when these are compared otherwise than before."""
    profiles.follow(session, event.data["ids"])


@on("account.moved")
def leave_town(session: Session, event: Event) -> None:
    """Who works elsewhere leads nothing any more of the municipality they have left."""
    person, was = session.get(Person, event.person_id or 0), event.data["was"]
    if person is not None and person.municipality_id != was:
        ownership.leave(session, person.id, "moved", was)


@on("moderation.suspended")
def leave_suspended(session: Session, event: Event) -> None:
    """Who may only read can answer for nothing; a colleague may take over, or they themselves once it is over."""
    if event.person_id is not None:
        ownership.leave(session, event.person_id, "suspended")


@on("practice.keeper_left")
def tell_town(session: Session, event: Event) -> None:
    """The people who work there: one of them may take over."""
    gone = {event.person_id, event.actor_id}
    found = session.execute(ownership.colleagues(event.data["town"]).limit(TOLD_OF_LEAVING)).all()
    _tell(session, event, [one.id for one in found if one.id not in gone])


@on("practice.offered", "practice.offer_declined")
def tell_asked(session: Session, event: Event) -> None:
    """Whom it is offered to; who offered it."""
    _tell(session, event, [event.person_id])


@on("practice.taken_over", "moderation.handed_over")
def tell_former(session: Session, event: Event) -> None:
    """Who wrote it and who led it before: somebody else does now. Whom a moderator chose is told as of any decision."""
    practice = session.get(Practice, event.entry_id or 0)
    if practice is not None:
        _tell(session, event, [one for one in (practice.author_id, event.data.get("before")) if one != practice.keeper_id])


@on("practice.edited")
def tell_of_colleague(session: Session, event: Event) -> None:
    """Who wrote it and who leads it, where a colleague of theirs has changed the words."""
    practice = session.get(Practice, event.entry_id or 0)
    if practice is not None and event.data.get("colleague"):
        _tell(session, event, [practice.author_id, practice.keeper_id])


@on(ASKED, REMINDED)
def ask_keeper(session: Session, event: Event) -> None:
    """The one who leads it, unless it was confirmed or passed on meanwhile."""
    practice = session.get(Practice, event.entry_id or 0)
    if practice is not None and practice.asked and practice.keeper_id == event.person_id:
        _tell(session, event, [event.person_id], CONFIRMATION)


def _tell(session: Session, event: Event, people: Iterable[int | None], kind: str = KEEPING) -> None:
    for id in dict.fromkeys(people):
        person = receiver(session, id) if id is not None and id != event.actor_id else None
        if person is not None and event.entry_id is not None and may_see(session, person, event.entry_id):
            tell(session, person, event, kind)
