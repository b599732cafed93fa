"""Practices in the hands of their municipality: who leads them, who could, and what happens when somebody leaves."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Integer, Select, and_, case, func, literal, or_, select, union_all, update
from sqlalchemy.orm import Bundle, Session

from forum.accounts.models import Person
from forum.accounts.queries import works_there
from forum.core import events, stamps
from forum.core.actor import SYSTEM, Actor
from forum.core.clock import now
from forum.core.errors import Forbidden, Refused
from forum.core.events import Event
from forum.entries.models import Entry
from forum.entries.models.naming import name_of
from forum.entries.revisions import revise
from forum.moderation.undoing import entry_of, latest, undoes
from forum.places.models import Municipality
from forum.practices.lists import P, listed
from forum.practices.models import Practice

OFFERED = 200  # colleagues to choose from
# Those without a keeper first, then those nobody has confirmed, then the rest, the newest first.
ATTENTION = case((P.keeper_id.is_(None), 2), (P.stale.is_(True), 1), else_=0).label("attention")
ORDER: tuple[Any, ...] = (ATTENTION, P.listed_at, P.id)
_COLUMNS = (P.id, P.slug, P.title, P.keeper_id, P.offered_to_id, P.stale, P.asked, P.valid_on, P.listed_at)
_entry = Entry.__table__
# Empty for the author of a practice who asked not to be named: not to colleagues either.
_NAMED = name_of(Person.name, _entry.c.anonymous.is_(True) & (_entry.c.author_id == P.keeper_id)).label("keeper")
_KEPT: Bundle[Any] = Bundle("kept", *_COLUMNS, _NAMED, ATTENTION)


def of_towns(ids: Collection[int]) -> Select[Any]:
    """What belongs to a municipality, or to those it came of, and is published, with the keeper's name, to be put in ORDER."""
    theirs = select(_KEPT).select_from(Practice.__table__).join(_entry, _entry.c.id == P.id)
    return theirs.outerjoin(Person, Person.id == P.keeper_id).where(P.municipality_id.in_(sorted(ids)), listed())


def first_of_towns(ids: Collection[int], limit: int, needing: bool = False) -> Select[Any]:
    """The first of them, or of those that want a keeper or a confirmation; ask for one more than is shown."""
    wanting = [or_(P.keeper_id.is_(None), P.stale, P.asked > 0)] if needing else []
    return of_towns(ids).where(*wanting).order_by(*(column.desc() for column in ORDER)).limit(limit)


def colleagues(municipality_id: int | None, but: int | None = None) -> Select[Any]:
    """Who could lead its practices: people who work there, or at what it has become, and may write; rows of id, name and position."""
    able = (Person.confirmed_at.is_not(None), or_(Person.suspended_until.is_(None), Person.suspended_until < now()))
    columns: tuple[Any, ...] = (Person.id, Person.name, Person.position)
    query = select(*columns).where(Person.municipality_id.in_(_today(municipality_id)), *works_there(), *able)
    return query.where(Person.id != (but or 0)).order_by(Person.name, Person.id).limit(OFFERED)


def _today(municipality_id: int | None) -> Any:
    """A municipality and its successor."""
    place = Municipality.__table__.c
    return union_all(select(literal(municipality_id, Integer)), select(place.successor_id).where(place.id == municipality_id))


def colleague(practice: Practice, person_id: int | None) -> int:
    """One of those by number; raises Refused at the field `person`."""
    found = practice.session.scalar(colleagues(practice.municipality_id).where(Person.id == (person_id or 0)).order_by(None))
    if found is None:
        raise Refused("practice.no_such_colleague", field="person")
    return int(found)


def confirm(practice: Practice, by: Actor, today: date, comment: str) -> bool:
    """It is still true; its history says since when, and who said so (`tags` must be loaded)."""
    revise(practice, by=Actor(id=practice.author_id))
    confirmed = practice.confirm(by, today)
    if confirmed:
        revise(practice, by, comment)
    return confirmed


def take_over(practice: Practice, by: Actor, contact: str) -> None:
    """The actor leads it from now on, under a contact of their own (`tags` must be loaded)."""
    revise(practice, by=Actor(id=practice.author_id))
    practice.take_over(by, contact)
    revise(practice, by)


def let_go(practice: Practice, by: Actor) -> None:
    """The keeper does not lead it any more (`tags` must be loaded)."""
    revise(practice, by=Actor(id=practice.author_id))
    practice.let_go(by)
    revise(practice, by)


def hand_over(practice: Practice, person_id: int | None, by: Actor, reason: str) -> None:
    """A moderator has a colleague of the municipality lead it (`tags` must be loaded)."""
    chosen = colleague(practice, person_id)
    revise(practice, by=Actor(id=practice.author_id))
    practice.hand_over(chosen, by, reason)
    revise(practice, by)


@undoes("moderation.handed_over")
def _give_back(session: Session, event: Event, by: Actor) -> None:
    practice = entry_of(session, event, by)
    if not isinstance(practice, Practice):
        raise Forbidden
    if practice.keeper_id != event.person_id or session.scalar(latest(event)) != event.id:
        raise Refused("moderation.undo_late")
    practice.keeper_id = event.data.get("before")


def leave(session: Session, person_id: int, why: str, municipality_id: int | None = None) -> int:
    """Somebody leads nothing any more (of one municipality, where it is named); its people hear of it. How many practices.

    In a few statements, however much there is: an importer may lead thousands.
    """
    offers = update(Practice.__table__).where(P.offered_to_id == person_id).values(offered_to_id=None)  # type: ignore[arg-type]
    session.execute(offers)
    theirs = [P.keeper_id == person_id]
    if municipality_id is not None:
        theirs.append(P.municipality_id == municipality_id)
    towns = select(P.municipality_id, func.count(), func.max(P.id)).where(*theirs, listed()).group_by(P.municipality_id)
    found = session.execute(towns.order_by(P.municipality_id)).all()
    # Their contact goes with them.
    session.execute(update(Practice.__table__).where(*theirs).values(keeper_id=None, contact=""))  # type: ignore[arg-type]
    stamps.mark(session)
    for town, count, last in found:
        facts = {"why": why, "town": town, "count": count}
        events.record(session, "practice.keeper_left", by=SYSTEM, entry_id=last, person_id=person_id, **facts)
    return sum(count for _town, count, _last in found)


def mend(session: Session) -> int:
    """Let go what is led by somebody who neither wrote it nor works there, or at what that has become, any more: where an event was
    lost. How many people."""
    entry = Practice.__mapper__.inherits.local_table.c  # type: ignore[union-attr]
    place = Municipality.__table__.c
    gone_on = and_(Person.municipality_id.is_distinct_from(P.municipality_id), Person.municipality_id.is_distinct_from(place.successor_id))
    elsewhere = or_(gone_on, Person.verified_at.is_(None), Person.unproved_place)
    query = (
        select(P.keeper_id, P.municipality_id)
        .join(Person, Person.id == P.keeper_id)
        .join(entry.id.table, entry.id == P.id)
        .outerjoin(place.id.table, place.id == P.municipality_id)
        .where(elsewhere, entry.author_id != P.keeper_id)
        .distinct()
        .limit(OFFERED)
    )
    gone = session.execute(query).all()
    for person_id, municipality_id in gone:
        leave(session, person_id, "moved", municipality_id)
    return len(gone)
