"""Levels follow what moderators decide; domains that something published links to are known from then on."""

from sqlalchemy.orm import Session

from forum.core.clock import now
from forum.core.events import Event, on
from forum.core.once import insert_once
from forum.entries.models import Entry
from forum.trust import facts, screen
from forum.trust.links import domains
from forum.trust.models import SeenDomain

# The screen that every text passes is known wherever subscribers are.
__all__ = ["screen"]

MOST_DOMAINS = 100


@on(
    "account.confirmed",
    "account.verified",
    "admin.role_changed",
    "moderation.approved",
    "moderation.hidden",
    "moderation.released",
    "moderation.returned",
    "moderation.silenced",
    "moderation.suspended",
    "moderation.undone",
    "moderation.unsilenced",
    "moderation.verified",
    "moderation.warned",
    "moderation.warning_lifted",
)
def settle_level(session: Session, event: Event) -> None:
    """Compute the level of whom it concerns anew."""
    if event.person_id is not None:
        facts.settle(session, event.person_id, now())


@on("practice.published", "comment.published")
def know_domains(session: Session, event: Event) -> None:
    """A moderator, or time, has let these links pass."""
    entry = session.get(Entry, event.entry_id or 0)
    if entry is None or not entry.is_published:
        return
    for name in domains(entry.markup)[:MOST_DOMAINS]:
        insert_once(session, SeenDomain, domain=name, seen_at=now())
