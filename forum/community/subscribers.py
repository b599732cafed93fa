"""Who is told of the practice of the week: its author."""

from sqlalchemy.orm import Session

from forum.community.choosing import CHOSEN
from forum.core.events import Event, on
from forum.notifications.telling import may_see, receiver, tell


@on(CHOSEN)
def tell_author(session: Session, event: Event) -> None:
    """Once, on the site; nothing where the practice has gone meanwhile."""
    person = receiver(session, event.person_id) if event.person_id is not None else None
    if person is not None and event.entry_id is not None and may_see(session, person, event.entry_id):
        tell(session, person, event, "chosen")
