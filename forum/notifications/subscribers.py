"""Who is told of the steps of moderators: the one whom they concern."""

from sqlalchemy.orm import Session

from forum.core.events import Event, on
from forum.notifications.telling import may_see, receiver, tell

# A letter for each but the answer to a report, which waits on the site: few letters.
WITHOUT_LETTER = (
    "moderation.absorbed",
    "moderation.pinned",
    "moderation.report_resolved",
    "moderation.unlocked",
    "moderation.unpinned",
    "trust.lowered",
    "trust.raised",
)

# They tell of a decision rather than of the entry, which may be gone.
OF_DECISIONS = ("moderation.report_resolved", "moderation.appeal_declined", "moderation.appeal_upheld")


@on(
    "moderation.absorbed",
    "moderation.appeal_declined",
    "moderation.appeal_upheld",
    "moderation.approved",
    "moderation.edited",
    "moderation.held",
    "moderation.hidden",
    "moderation.let_out",
    "moderation.locked",
    "moderation.merged",
    "moderation.moved",
    "moderation.pinned",
    "moderation.released",
    "moderation.report_resolved",
    "moderation.restored",
    "moderation.returned",
    "moderation.silenced",
    "moderation.suspended",
    "moderation.undone",
    "moderation.unlocked",
    "moderation.unpinned",
    "moderation.unsilenced",
    "moderation.verified",
    "moderation.warned",
    "moderation.warning_lifted",
    "trust.lowered",
    "trust.raised",
)
def tell_concerned(session: Session, event: Event) -> None:
    """The author of the entry, the reporter, or the person themselves; never who took the step."""
    if event.person_id is None or event.person_id == event.actor_id:
        return
    person = receiver(session, event.person_id)
    if person is None:
        return
    if event.entry_id is not None and event.kind not in OF_DECISIONS and not may_see(session, person, event.entry_id):
        return
    tell(session, person, event, None if event.kind in WITHOUT_LETTER else "moderated")


@on("moderation.appeal_declined", "moderation.appeal_upheld")
def tell_decider(session: Session, event: Event) -> None:
    """The moderator whose decision was appealed against."""
    decider = event.data.get("decided_by")
    person = receiver(session, decider) if decider and decider != event.actor_id else None
    if person is not None:
        tell(session, person, event)
