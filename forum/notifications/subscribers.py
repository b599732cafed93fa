"""Who is told of the steps of moderators: the one whom they concern."""

from sqlalchemy.orm import Session

from forum.core.events import Event, on
from forum.notifications.telling import may_see, receiver, tell

# A letter for each but the answer to a report, which waits on the site: few letters.
WITHOUT_LETTER = ("moderation.report_resolved", "moderation.unlocked")


@on(
    "moderation.approved",
    "moderation.hidden",
    "moderation.locked",
    "moderation.released",
    "moderation.report_resolved",
    "moderation.restored",
    "moderation.returned",
    "moderation.suspended",
    "moderation.unlocked",
    "moderation.verified",
    "moderation.warned",
)
def tell_concerned(session: Session, event: Event) -> None:
    """The author of the entry, the reporter, or the person themselves; never who took the step."""
    if event.person_id is None or event.person_id == event.actor_id:
        return
    person = receiver(session, event.person_id)
    if person is None:
        return
    reported = event.kind == "moderation.report_resolved"  # tells of the decision, not of the entry, which may be gone
    if event.entry_id is not None and not reported and not may_see(session, person, event.entry_id):
        return
    tell(session, person, event, None if event.kind in WITHOUT_LETTER else "moderated")
