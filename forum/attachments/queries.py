"""Reading attachments: only where their entry may be read."""

from sqlalchemy import Select, select

from forum.attachments.models import Attachment
from forum.core.actor import Actor
from forum.entries.models import Entry
from forum.entries.policy import visible_to


def of_entry(entry_id: int) -> Select[Attachment]:
    """All files of an entry in their order; the caller has found the entry through `visible_to`."""
    return select(Attachment).where(Attachment.entry_id == entry_id).order_by(Attachment.position, Attachment.id)


def by_id(attachment_id: int, actor: Actor) -> Select[Attachment]:
    """One file, where the actor may read the entry it belongs to."""
    return select(Attachment).join(Entry, Attachment.entry_id == Entry.id).where(Attachment.id == attachment_id, visible_to(actor))


def with_key(key: str) -> Select[int]:
    """Whether any file still names this content."""
    return select(Attachment.id).where((Attachment.key == key) | (Attachment.thumb_key == key)).limit(1)
