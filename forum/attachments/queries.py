"""Reading attachments: only where their entry may be read."""

from collections.abc import Collection

from sqlalchemy import Select, select

from forum.attachments.models import Attachment, AttachmentText, TextState
from forum.core.actor import Actor
from forum.entries.models import Entry
from forum.entries.policy import visible_to


def of_entry(entry_id: int) -> Select[Attachment]:
    """All files of an entry in their order; the caller has found the entry through `visible_to`."""
    return select(Attachment).where(Attachment.entry_id == entry_id).order_by(Attachment.position, Attachment.id)


def documents_of(entry_id: int) -> Select[Attachment]:
    """Its documents alone, without photos."""
    return of_entry(entry_id).where(Attachment.is_photo.is_(False))


def by_id(attachment_id: int, actor: Actor) -> Select[Attachment]:
    """One file, where the actor may read the entry it belongs to."""
    return select(Attachment).join(Entry, Attachment.entry_id == Entry.id).where(Attachment.id == attachment_id, visible_to(actor))


def with_key(key: str) -> Select[int]:
    """Whether any file still names this content."""
    return select(Attachment.id).where((Attachment.key == key) | (Attachment.thumb_key == key)).limit(1)


BATCH = 50


def waiting_for_text() -> Select[int]:
    """Documents whose text is to be read, the oldest first, a few at a time."""
    return select(Attachment.id).where(Attachment.text_state == TextState.WAITING).order_by(Attachment.id).limit(BATCH)


def to_be_read(attachment_id: int) -> Select[str, str, int]:
    """What reading needs of one that still waits."""
    return select(Attachment.key, Attachment.media_type, Attachment.text_tries).where(
        Attachment.id == attachment_id, Attachment.text_state == TextState.WAITING
    )


def never_read() -> Select[int]:
    """Documents that nobody has asked the text of."""
    unread = (Attachment.is_photo.is_(False), Attachment.text_state.is_(None))
    return select(Attachment.id).where(*unread).order_by(Attachment.id).limit(BATCH)


def texts_of(entry_ids: Collection[int]) -> Select[int, int, str, str]:
    """The texts of the documents of some entries, which the caller has found through `visible_to`: entry, id, name, text; in order."""
    return (
        select(Attachment.entry_id, Attachment.id, Attachment.name, AttachmentText.text)
        .join(AttachmentText, AttachmentText.attachment_id == Attachment.id)
        .where(Attachment.entry_id.in_(entry_ids))
        .order_by(Attachment.entry_id, Attachment.position, Attachment.id)
    )
