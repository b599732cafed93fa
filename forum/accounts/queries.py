"""Finding people."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from forum.accounts.models import AddressChange, BrowserSession, Invitation, ModeratedRegion, MunicipalDomain, Person
from forum.core.text import Known
from forum.places.models import Municipality


def as_actor(person_id: int) -> Select[Person]:
    """A person with all that `as_actor` needs, in one query."""
    return select(Person).where(Person.id == person_id).options(place_of(), joinedload(Person.moderated))


def place_of(person: Any = None) -> Any:
    """Loads a person's municipality, with the numbers of those it came of; `person` leads to them from what is asked for."""
    place = person.joinedload(Person.municipality) if person is not None else joinedload(Person.municipality)
    return place.joinedload(Municipality.forerunners).load_only(Municipality.id)


def works_there() -> tuple[ColumnElement[bool], ...]:
    """That it is proved that people work for the municipality they name, in SQL."""
    return Person.verified_at.is_not(None), Person.unproved_place.is_(False)


def by_email(email: str) -> Select[Person]:
    """The person of an address, in whatever case it was typed."""
    return (
        select(Person).where(Person.email == email.strip().lower()).options(joinedload(Person.municipality), selectinload(Person.moderated))
    )


def by_handle(handle: str) -> Select[Person]:
    """A person with their place."""
    return select(Person).where(Person.handle == handle).options(joinedload(Person.municipality).joinedload(Municipality.region))


def called(session: Session | None) -> Known | None:
    """Tells a text on its way to HTML which handles are somebody's; who never confirmed an address can't be called."""
    if session is None:
        return None

    def known(handles: Collection[str]) -> Collection[str]:
        # What is being written may be half filled in: looking people up must not flush it.
        with session.no_autoflush:
            return session.scalars(select(Person.handle).where(Person.handle.in_(handles), Person.confirmed_at.is_not(None))).all()

    return known


def known_domain(email: str) -> Select[MunicipalDomain]:
    """The known municipal domain an address belongs to: the domain itself or one above it."""
    labels = email.rpartition("@")[2].lower().split(".")
    return select(MunicipalDomain).where(MunicipalDomain.domain.in_([".".join(labels[i:]) for i in range(len(labels) - 1)])).limit(1)


def moderators_of(region_code: str | None) -> Select[Person]:
    """Everybody in whose scope a region lies."""
    theirs = select(ModeratedRegion.person_id).where(ModeratedRegion.person_id == Person.id)
    scoped = theirs.where(ModeratedRegion.region_code == region_code)
    return select(Person).where(Person.role.in_(["moderator", "admin"]), (Person.role == "admin") | ~theirs.exists() | scoped.exists())


_OPEN = BrowserSession.digest == bindparam("digest"), BrowserSession.ended_at.is_(None)
_person = joinedload(BrowserSession.person)
_WITH_ALL = select(BrowserSession).where(*_OPEN).options(place_of(_person), _person.joinedload(Person.moderated))
_former: Any = Municipality.__table__.alias("former")
_SESSION = (
    select(
        BrowserSession,
        Person,
        Municipality,
        or_(
            exists().where(_former.c.successor_id == Municipality.id, _former.c.region_code == Municipality.region_code),
            exists().where(ModeratedRegion.person_id == Person.id),
        ),
    )
    .join(Person, Person.id == BrowserSession.person_id)
    .outerjoin(Municipality, Municipality.id == Person.municipality_id)
    .where(*_OPEN)
)


def session_of(session: Session, digest: str) -> BrowserSession | None:
    """The session of a token's hash and its person, with all that `as_actor` needs, in one query.

    Collections are left out of it, since loading them takes as long as all the rest: they are empty but for moderators of regions
    and people of merged municipalities, and then asked for.
    """
    row = session.execute(_SESSION, {"digest": digest}).one_or_none()
    if row is None:
        return None
    found, person, place, more = row
    if more:
        whole = session.execute(_WITH_ALL, {"digest": digest}, execution_options={"populate_existing": True})
        return whole.unique().scalar_one_or_none()
    set_committed_value(found, "person", person)
    set_committed_value(person, "municipality", place)
    set_committed_value(person, "moderated", [])
    if place is not None:
        set_committed_value(place, "forerunners", [])
    return found


def sessions_of(person_id: int | None) -> Select[BrowserSession]:
    """The sessions of a person that nobody has ended, the last used first; some may have run out."""
    return (
        select(BrowserSession)
        .where(BrowserSession.person_id == person_id, BrowserSession.ended_at.is_(None))
        .order_by(BrowserSession.seen_at.desc(), BrowserSession.id.desc())
    )


def pending_address(person_id: int | None, since: datetime) -> Select[AddressChange]:
    """The change of address that a person has asked for since then and that waits."""
    waits = (AddressChange.confirmed_at.is_(None), AddressChange.refused_at.is_(None), AddressChange.asked_at > since)
    return select(AddressChange).where(AddressChange.person_id == person_id, *waits).order_by(AddressChange.id.desc()).limit(1)


def invitations_of(person_id: int | None) -> Select[Invitation, str, str]:
    """What a person has sent out, newest first, with name and handle of who came."""
    query = select(Invitation, Person.name, Person.handle).outerjoin(Person, Person.id == Invitation.accepted_by_id)
    return query.where(Invitation.inviter_id == person_id).order_by(Invitation.id.desc()).limit(200)


def invitations_since(person_id: int, since: datetime) -> Select[Invitation]:
    """What a person has sent out since then."""
    return select(Invitation).where(Invitation.inviter_id == person_id, Invitation.made_at > since)


def open_invitations(email: str) -> Select[Invitation]:
    """Those to an address that nobody has answered or taken back; some may have run out."""
    return select(Invitation).where(Invitation.email == email, Invitation.accepted_at.is_(None), Invitation.revoked_at.is_(None))
