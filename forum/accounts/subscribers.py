"""What follows for accounts from what others do."""

from sqlalchemy.orm import Session

from forum.accounts import sessions
from forum.core.events import Event, on


@on("moderation.suspended")
def end_sessions(session: Session, event: Event) -> None:
    """Who is suspended is signed out everywhere; they may sign in again, and are told why they cannot write."""
    if event.person_id is not None:
        sessions.end_all(session, event.person_id)
