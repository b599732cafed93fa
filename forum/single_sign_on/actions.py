"""What becomes of somebody who comes from the provider."""

import secrets

from sqlalchemy.orm import Session

from forum.accounts import actions as accounts
from forum.accounts.models import Person
from forum.core import events
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.once import insert_once
from forum.single_sign_on import queries
from forum.single_sign_on.models import OutsideIdentity
from forum.single_sign_on.provider import Claims


def use(session: Session, claims: Claims) -> int | None:
    """The person of an identity, noted as used; None where it is nobody's yet."""
    found = session.scalar(queries.known(claims.issuer, claims.subject))
    if found is None:
        return None
    found.used_at, found.email = now(), claims.email or found.email
    return found.person_id


def link(session: Session, person: Person, claims: Claims) -> bool:
    """Let a person sign in by the provider from now on; False where the identity is another's."""
    moment = now()
    made = insert_once(
        session,
        OutsideIdentity,
        person_id=person.id,
        issuer=claims.issuer,
        subject=claims.subject,
        email=claims.email,
        made_at=moment,
        used_at=moment,
    )
    if made:
        events.record(session, "account.identity_linked", by=Actor(id=person.id, role=person.role), person_id=person.id)
    return made or session.scalars(queries.known(claims.issuer, claims.subject)).one().person_id == person.id


def unlink(session: Session, identity: OutsideIdentity, by: Actor) -> None:
    """Sign in by the provider no more."""
    session.delete(identity)
    events.record(session, "account.identity_unlinked", by=by, person_id=identity.person_id)


def join(session: Session, claims: Claims, name: str, position: str, municipality_id: int | None, lang: str) -> Person | None:
    """An account for who has none: the address was proved by the provider. None where it has got one meanwhile.

    No password fits until one is set by a reset link.
    """
    unusable = secrets.token_hex(32)
    newcomer = accounts.Newcomer(claims.email, unusable, name, position, municipality_id, lang)
    person = accounts.join(session, newcomer)
    if person is None:
        return None
    accounts.confirm(session, person)
    link(session, person, claims)
    return person
