"""Adding files to an entry, describing, ordering and removing them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forum.attachments.models import Attachment, DocumentKind, Licence, TextState
from forum.attachments.naming import guessed_kind
from forum.attachments.queries import of_entry
from forum.core.actor import Actor
from forum.core.errors import Refused
from forum.core.filenames import safe_name
from forum.core.files import FileStore, key_for
from forum.core.pictures import reencode, type_by_content
from forum.entries.models import Entry
from forum.search.queue import enqueue

MAX_FILES = 20
MAX_ALT = 300


@dataclass(frozen=True, slots=True)
class Description:
    """What the author says of a document; None says nothing of it."""

    kind: DocumentKind = DocumentKind.OTHER
    valid_until: date | None = None
    licence: Licence | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What the author wants of one file: its text alternative, its place among the others, or its end.

    Without a `description` that of a document stays as it is.
    """

    id: int
    alt: str = ""
    position: int | None = None
    remove: bool = False
    description: Description | None = None


def attach(session: Session, store: FileStore, entry: Entry, name: str, content: bytes, by: Actor) -> Attachment:
    """Keep a file with the entry: typed by content, pictures written anew. The same file sent twice is kept once.

    Raises Refused: `file.too_many` (limit), and whatever `type_by_content` and `reencode` refuse.
    """
    count, last = session.execute(select(func.count(), func.max(Attachment.position)).where(Attachment.entry_id == entry.id)).one()
    if count >= MAX_FILES:
        raise Refused("file.too_many", limit=MAX_FILES)
    kind = type_by_content(content, name)
    attachment = Attachment(
        entry_id=entry.id,
        name=safe_name(name),
        media_type=kind.media_type,
        is_photo=kind.is_picture,
        uploaded_by_id=by.id,
        position=(last or 0) + 1,
        kind=DocumentKind.OTHER if kind.is_picture else guessed_kind(name),
        text_state=None if kind.is_picture else TextState.WAITING,  # its text is read by the worker (`extracting`)
    )
    if kind.is_picture:
        content = _as_picture(store, attachment, content)
    attachment.key, attachment.size = key_for(content), len(content)
    same = select(Attachment).where(Attachment.entry_id == entry.id, Attachment.key == attachment.key, Attachment.name == attachment.name)
    if (before := session.scalar(same.limit(1))) is not None:
        return before
    # The bytes first: a row without its file would be a broken link, a file without a row is only waste.
    store.put(attachment.key, content)
    session.add(attachment)
    session.flush()
    return attachment


def _as_picture(store: FileStore, attachment: Attachment, content: bytes) -> bytes:
    picture = reencode(content)
    attachment.width, attachment.height, attachment.media_type = picture.width, picture.height, picture.media_type
    attachment.thumb_key = key_for(picture.thumb)
    store.put(attachment.thumb_key, picture.thumb)
    return picture.bytes


def arrange(session: Session, entry: Entry, changes: Iterable[Change]) -> Sequence[Attachment]:
    """Describe, order and remove files of the entry; ids of other entries are ignored. What is left, in its order."""
    files = {file.id: file for file in session.scalars(of_entry(entry.id))}
    wanted = {change.id: change for change in changes if change.id in files}
    for number, change in wanted.items():
        if change.remove:
            session.delete(files.pop(number))
            enqueue(session, [entry.id])  # its words are not the practice's any more
        else:
            _describe(files[number], change)
    left = sorted(files.values(), key=lambda file: (_place(file, wanted), file.id))
    for position, file in enumerate(left, 1):
        file.position = position
    session.flush()
    return left


def _describe(file: Attachment, change: Change) -> None:
    if file.is_photo:
        file.alt = change.alt[:MAX_ALT]
    elif (said := change.description) is not None:
        file.kind, file.valid_until, file.licence = said.kind, said.valid_until, said.licence


def _place(file: Attachment, wanted: dict[int, Change]) -> int:
    change = wanted.get(file.id)
    return file.position if change is None or change.position is None else change.position


def check_described(files: Iterable[Attachment]) -> None:
    """Every photo needs a text alternative before others see it; raises Refused `file.alt_missing`."""
    if any(file.is_photo and not file.alt for file in files):
        raise Refused("file.alt_missing", field="files")
