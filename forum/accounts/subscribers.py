"""What follows for accounts from what others do."""

from sqlalchemy.orm import Session

from forum.accounts import inviting, sessions
from forum.accounts.models import Person
from forum.core.events import Event, on


@on("moderation.suspended")
def end_sessions(session: Session, event: Event) -> None:
    """Who is suspended is signed out everywhere; they may sign in again, and are told why they cannot write."""
    if event.person_id is not None:
        sessions.end_all(session, event.person_id)


@on("account.confirmed")
def answer_invitations(session: Session, event: Event) -> None:
    """Whoever invited this address learns that it has come, by whatever way."""
    person = session.get(Person, event.person_id) if event.person_id is not None else None
    if person is not None:
        inviting.accept_all(session, person, event.at)
