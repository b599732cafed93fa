"""Invitations: sent, taken back, answered."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from forum.accounts import queries
from forum.accounts.models import Invitation, Person
from forum.core import events
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Refused

A_DAY = 10


def invite(session: Session, inviter: Person, email: str, by: Actor) -> Invitation:
    """Invite an address. Raises Refused (field `email`): one's own, invited by them already, or too many in 24 hours (limit)."""
    at = now()
    if email == inviter.email:
        raise Refused("invitation.own", field="email")
    sent = session.scalars(queries.open_invitations(email).where(Invitation.inviter_id == inviter.id))
    if any(each.is_open(at) for each in sent):
        raise Refused("invitation.sent", field="email")
    if len(session.scalars(queries.invitations_since(inviter.id, at - timedelta(days=1)).limit(A_DAY)).all()) >= A_DAY:
        raise Refused("invitation.quota", field="email", limit=A_DAY)
    invitation = Invitation(inviter_id=inviter.id, email=email, made_at=at)
    session.add(invitation)
    session.flush()
    events.record(session, "account.invited", by=by, invitation=invitation.id)
    return invitation


def revoke(session: Session, invitation: Invitation, by: Actor) -> None:
    """Its link stops working."""
    if invitation.is_open(now()):
        invitation.revoked_at = now()
        events.record(session, "account.invitation_revoked", by=by, invitation=invitation.id)


def accept_all(session: Session, person: Person, at: datetime) -> None:
    """The person has come: every invitation to their address that was open is answered."""
    for invitation in session.scalars(queries.open_invitations(person.email)):
        if invitation.is_open(at) and invitation.inviter_id != person.id:
            invitation.accepted_at, invitation.accepted_by_id = at, person.id
