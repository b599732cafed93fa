"""What is done to accounts across several tables: joining, proving an address, changing a password or a role."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts import queries, sessions
from forum.accounts.models import CONSENT_VERSION, Consent, ModeratedRegion, Person, Role
from forum.core import events
from forum.core.actor import GUEST, SYSTEM, Actor
from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.once import insert_once
from forum.core.slug import slugify
from forum.places.models import Municipality, Region

HANDLE = 32


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What somebody tells when they join; the password is hashed already."""

    email: str
    password_hash: str
    name: str
    position: str = ""
    municipality_id: int | None = None
    lang: str = "ru"


def join(session: Session, newcomer: Newcomer, by: Actor = GUEST, *, consented: bool = True) -> Person | None:
    """Make an account; None where the address has one already. `consented`: the person agreed to the processing of their data."""
    person = _insert(session, newcomer)
    if person is None:
        return None
    if consented:
        session.add(Consent(person_id=person.id, version=CONSENT_VERSION))
    events.record(session, "account.registered", by=by, person_id=person.id)
    return person


def agree(session: Session, person: Person) -> None:
    """The person agrees to the present edition; once is enough."""
    if session.scalar(select(Consent.id).where(Consent.person_id == person.id, Consent.version == CONSENT_VERSION)) is None:
        session.add(Consent(person_id=person.id, version=CONSENT_VERSION))


def _insert(session: Session, newcomer: Newcomer) -> Person | None:
    base = slugify(newcomer.name)[:HANDLE].strip("-")
    taken = set(session.scalars(select(Person.handle).where(Person.handle.startswith(base, autoescape=True))))
    free = (handle for number in range(1, 100_000) if (handle := base if number == 1 else f"{base}-{number}") not in taken)
    for handle in free:
        inserted = insert_once(
            session,
            Person,
            handle=handle,
            email=newcomer.email,
            password_hash=newcomer.password_hash,
            name=newcomer.name,
            position=newcomer.position,
            municipality_id=newcomer.municipality_id,
            lang=newcomer.lang,
        )
        person = session.execute(queries.by_email(newcomer.email)).unique().scalar_one_or_none()
        if person is not None:
            return person if inserted else None
    return None


def confirm(session: Session, person: Person) -> None:
    """The address is proved to be theirs; a known municipal domain verifies them at once."""
    if person.confirmed_at is not None:
        return
    known = session.execute(queries.known_domain(person.email)).scalar_one_or_none() is not None
    unverified = person.verified_at is None
    person.confirm(now(), known_domain=known)
    events.record(session, "account.confirmed", by=Actor(id=person.id, role=person.role), person_id=person.id)
    if known and unverified:
        events.record(session, "account.verified", by=SYSTEM, person_id=person.id, reason="known domain")


def judge_domain(session: Session, person: Person) -> None:
    """The address is another: what the domain of the last one proved no longer holds, what a moderator vouched for does."""
    known = session.execute(queries.known_domain(person.email)).scalar_one_or_none() is not None
    if known and person.verified_at is None:
        person.verified_at = now()
        events.record(session, "account.verified", by=SYSTEM, person_id=person.id, reason="known domain")
    elif not known and person.verified_at is not None and person.verified_by_id is None:
        person.verified_at = None
        events.record(session, "account.unverified", by=SYSTEM, person_id=person.id, reason="another domain")


def set_password(session: Session, person: Person, password_hash: str, but: int | None = None) -> None:
    """A new password: every session there was ends, save perhaps the one it was set in."""
    person.password_hash = password_hash
    sessions.end_all(session, person.id, but)
    events.record(session, "account.password_changed", by=Actor(id=person.id, role=person.role), person_id=person.id)


def verify(session: Session, person: Person, by: Actor) -> None:
    """A moderator vouches that the person works for the municipality they name."""
    if not person.works_there:
        person.verified_at, person.verified_by_id, person.unproved_place = now(), by.id, False
        events.record(session, "moderation.verified", by=by, person_id=person.id)


def move(session: Session, person: Person, before: int | None, by: Actor) -> None:
    """The person has named another municipality than `before`. What proved that one proves nothing of this, unless it is its successor."""
    after = person.municipality_id
    if before in (None, after) or session.scalar(select(Municipality.successor_id).where(Municipality.id == before)) == after:
        return
    person.unproved_place = True
    events.record(session, "account.moved", by=by, person_id=person.id, was=before, to=after)


def change_role(session: Session, person: Person, role: str, regions: Collection[str], by: Actor) -> None:
    """Give a role; `regions` narrow a moderator's scope, none means the whole site. `moderated` must be loaded.

    Their sessions end: a token that was known before must not have more rights than it had.
    """
    if role not in set(Role):
        raise Refused("account.role_unknown", field="role")
    wanted = sorted(set(regions)) if role == Role.MODERATOR else []
    if len(session.scalars(select(Region.code).where(Region.code.in_(wanted))).all()) != len(wanted):
        raise Refused("account.region_unknown", field="regions")
    before = sorted(item.region_code for item in person.moderated)
    if (person.role, before) == (role, wanted):
        return
    was, person.role = person.role, role
    sessions.end_all(session, person.id)
    kept = [item for item in person.moderated if item.region_code in wanted]
    person.moderated = kept + [ModeratedRegion(region_code=code) for code in wanted if code not in before]
    events.record(
        session, "admin.role_changed", by=by, person_id=person.id, was=was, to=role, before=before, regions=wanted
    )
