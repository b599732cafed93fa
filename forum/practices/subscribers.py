"""What follows when a practice appears."""

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from forum.core.actor import Actor
from forum.core.events import Event, on
from forum.entries.revisions import revise
from forum.practices import profiles
from forum.practices.models import Practice


@on("practice.published")
def begin_history(session: Session, event: Event) -> None:
    """What a moderator lets through begins its history too; repeating changes nothing, since equal words make no revision."""
    practice = session.scalar(select(Practice).where(Practice.id == event.entry_id).options(selectinload(Practice.tags)))
    if practice is not None and practice.is_published:
        revise(practice, by=Actor(id=practice.author_id))


@on("municipality.changed")
def compare_practices_anew(session: Session, event: Event) -> None:
    """Practices go along with their municipalities when these are compared otherwise than before."""
    profiles.follow(session, event.data["ids"])
