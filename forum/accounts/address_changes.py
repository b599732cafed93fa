"""From one e-mail address to another: asked, confirmed, refused."""

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from forum.accounts import actions, queries, sessions
from forum.accounts.models import AddressChange, Person
from forum.core import events
from forum.core.actor import GUEST, Actor
from forum.core.clock import now
from forum.core.errors import Refused


def is_taken(session: Session, email: str) -> bool:
    """Whether somebody has an account with this address."""
    return session.scalar(select(Person.id).where(Person.email == email)) is not None


def ask(session: Session, person: Person, new_email: str, by: Actor) -> AddressChange:
    """Begin a change; one that waits already is void. Raises Refused (field `email`) for the present address."""
    if new_email == person.email:
        raise Refused("address.same", field="email")
    _void_waiting(session, person)
    change = AddressChange(person_id=person.id, old_email=person.email, new_email=new_email)
    session.add(change)
    events.record(session, "account.address_change_asked", by=by, person_id=person.id)
    return change


def confirm(session: Session, change: AddressChange, person: Person, but: int | None) -> None:
    """Who reads the new address agrees: it is theirs now. Other sessions than `but` end. Raises Refused where it was taken meanwhile."""
    change.confirmed_at = now()
    _move(session, person, change.new_email)
    if person.confirmed_at is None:
        actions.confirm(session, person)
    else:
        actions.judge_domain(session, person)
    sessions.end_all(session, person.id, but)
    events.record(session, "account.address_changed", by=Actor(id=person.id, role=person.role), person_id=person.id)


def refuse(session: Session, change: AddressChange, person: Person) -> None:
    """Who reads the old address did not ask for it: it stays theirs, or is again, and every session ends."""
    change.refused_at = now()
    if change.confirmed_at is not None and person.email != change.old_email:
        _move(session, person, change.old_email)
        actions.judge_domain(session, person)
    _void_waiting(session, person)
    sessions.end_all(session, person.id)
    events.record(session, "account.address_change_refused", by=GUEST, person_id=person.id)


def _void_waiting(session: Session, person: Person) -> None:
    waiting = (AddressChange.confirmed_at.is_(None), AddressChange.refused_at.is_(None))
    session.execute(update(AddressChange).where(AddressChange.person_id == person.id, *waiting).values(refused_at=now()))


def _move(session: Session, person: Person, email: str) -> None:
    if session.execute(queries.by_email(email)).unique().scalar_one_or_none() is not None:
        raise Refused("address.taken")
    try:
        with session.begin_nested():
            person.email, person.mail_paused_at = email, None
    except IntegrityError as error:  # somebody registered with it in this very moment
        raise Refused("address.taken") from error
