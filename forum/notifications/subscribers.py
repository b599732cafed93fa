"""Who is told of the steps of moderators: the one whom they concern."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.core.events import Event, on
from forum.entries.models import Entry, State
from forum.notifications.telling import may_see, receiver, tell

# A letter for each but the answer to a report, which waits on the site, and what another letter tells already: few letters.
WITHOUT_LETTER = (
    "moderation.absorbed",
    "moderation.appeal_moot",
    "moderation.appeal_reopened",
    "moderation.passed_over",
    "moderation.pinned",
    "moderation.report_resolved",
    "moderation.unlocked",
    "moderation.unpinned",
    "trust.lowered",
    "trust.raised",
)

# They tell of a decision rather than of the entry, which may be gone.
OF_DECISIONS = (
    "moderation.appeal_declined",
    "moderation.appeal_moot",
    "moderation.appeal_reopened",
    "moderation.appeal_upheld",
    "moderation.report_resolved",
)


@on(
    "moderation.absorbed",
    "moderation.appeal_declined",
    "moderation.appeal_moot",
    "moderation.appeal_reopened",
    "moderation.appeal_upheld",
    "moderation.approved",
    "moderation.edited",
    "moderation.handed_over",
    "moderation.held",
    "moderation.hidden",
    "moderation.let_out",
    "moderation.locked",
    "moderation.merged",
    "moderation.moved",
    "moderation.passed_over",
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
    tell(session, person, event, "moderation", letter=event.kind not in WITHOUT_LETTER)


@on("moderation.moved")
def tell_who_went_along(session: Session, event: Event) -> None:
    """Those who answered a comment that went to another discussion: their answers are there now. Once each, without a letter."""
    answers = (Entry.id.in_(event.data.get("before", {}).get("ids", [])), Entry.id != event.entry_id, Entry.state == State.PUBLISHED)
    for id in session.scalars(select(Entry.author_id).where(*answers).distinct()).all():
        person = receiver(session, id) if id not in (event.person_id, event.actor_id) else None
        if person is not None and may_see(session, person, event.entry_id or 0):
            tell(session, person, event, "moderation", letter=False)


@on("moderation.appeal_declined", "moderation.appeal_upheld")
def tell_decider(session: Session, event: Event) -> None:
    """The moderator whose decision was appealed against."""
    decider = event.data.get("decided_by")
    person = receiver(session, decider) if decider and decider != event.actor_id else None
    if person is not None:
        tell(session, person, event, "moderation", letter=False)
