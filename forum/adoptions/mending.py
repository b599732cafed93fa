"""Keepers put a note of the timeline right, or take it back: its words, its day, its photos."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from forum.adoptions.models import Adoption, AdoptionNote
from forum.adoptions.photos import Picture, add
from forum.attachments.actions import Change, arrange
from forum.attachments.models import Attachment
from forum.attachments.queries import of_entry
from forum.core.actor import Actor
from forum.core.errors import Refused
from forum.core.files import FileStore
from forum.core.text import fit
from forum.entries import meeting
from forum.entries.models import ReplacedWords
from forum.entries.revisions import revise

MOST = 3  # photos of one note


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a note is to be: `alts` of photos that stay, `gone` ids of those that don't, `pictures` that come."""

    words: str
    day: date
    alts: dict[int, str]
    gone: frozenset[int]
    pictures: Sequence[Picture]


def photos_of(session: Session, adoption: Adoption, note: AdoptionNote) -> list[Attachment]:
    """The photos of a note that are there, in its order."""
    files = {file.id: file for file in session.scalars(of_entry(adoption.id))} if note.photos else {}
    return [files[id] for id in note.photos if id in files]


def card(note: AdoptionNote, photos: Iterable[Attachment]) -> dict[str, Any]:
    """What a note says, as two who change it are compared."""
    alts = {f"alt-{file.id}": file.alt for file in photos}
    return {"body": note.body, "happened_on": note.happened_on.isoformat(), **alts}


def before(session: Session, adoption: Adoption, note_id: int, version: int) -> dict[str, Any]:
    """What was changed in a note, or taken back with it, since a version of the adoption, as it was then; empty where nothing was."""
    found: dict[str, Any] = {}
    for row in session.scalars(_since(adoption, version)):
        # Moderators change words alone: theirs are kept with those of all notes.
        said = row.snapshot.get("notes", {})
        words = {"body": said[str(note_id)]} if str(note_id) in said else {}
        found = {**words, **row.snapshot.get(_key(note_id), {}), **found}
    return found


def changed_by(session: Session, adoption: Adoption, note_id: int, version: int, but: int | None) -> str:
    """The name of who, other than `but`, changed a note last since a version; empty where that was no keeper."""
    rows = session.scalars(_since(adoption, version).options(joinedload(ReplacedWords.by))).all()
    names = [row.by.name for row in rows if _key(note_id) in row.snapshot and row.by_id != but]
    return names[-1] if names else ""


def _since(adoption: Adoption, version: int) -> Select[ReplacedWords]:
    since = select(ReplacedWords).where(ReplacedWords.entry_id == adoption.id, ReplacedWords.version >= version)
    return since.order_by(ReplacedWords.version)


def differs(base: dict[str, Any], present: dict[str, Any]) -> bool:
    """Whether a note says something else now than `base`, which names what was changed; a whole card names its photos too."""
    return {**present, **base} != present or (len(base) > 1 and base.keys() != present.keys())


def _key(note_id: int) -> str:
    return f"note-{note_id}"


def mend(session: Session, store: FileStore, adoption: Adoption, note: AdoptionNote, wanted: Wanted, by: Actor) -> bool:
    """Have it say what is wanted; False where nothing differs. Raises Refused as for a new note."""
    standing = photos_of(session, adoption, note)
    former, whole, shown = card(note, standing), adoption.snapshot(), list(note.photos)
    revise(adoption, by=Actor(id=adoption.author_id))
    adoption.amend(note, wanted.words, wanted.day)
    _change_photos(session, store, adoption, note, wanted, by)
    session.flush()
    if card(note, photos_of(session, adoption, note)) == former and note.photos == shown:
        return False
    meeting.replace(session, adoption, {**whole, _key(note.id): former}, by)
    _changed(adoption, by, "adoption.note_mended", note=note.id, was_on=former["happened_on"])
    if note.body != former["body"]:
        adoption.look_at(note, by)
    return True


def take_back(session: Session, adoption: Adoption, note: AdoptionNote, by: Actor) -> None:
    """A plain note goes, and its photos with it; its words stay in the history."""
    photos, whole = photos_of(session, adoption, note), adoption.snapshot()
    former, number = card(note, photos), note.id
    revise(adoption, by=Actor(id=adoption.author_id))
    adoption.unsay(note)
    _drop(session, adoption, [file.id for file in photos])
    meeting.replace(session, adoption, {**whole, _key(number): former}, by)
    _changed(adoption, by, "adoption.note_removed", note=number, was_on=former["happened_on"])


def _changed(adoption: Adoption, by: Actor, happened: str, **data: Any) -> None:
    adoption.touch(words=True)
    adoption.heard_of()
    revise(adoption, by)
    adoption.record(happened, by=by, **data)


def _change_photos(session: Session, store: FileStore, adoption: Adoption, note: AdoptionNote, wanted: Wanted, by: Actor) -> None:
    for file in photos_of(session, adoption, note):
        file.alt = fit(wanted.alts.get(file.id, file.alt))
    came = add(session, store, adoption, wanted.pictures, by)
    stay = [id for id in note.photos if id not in wanted.gone]
    ids = list(dict.fromkeys([*stay, *came]))
    if len(ids) > MOST and came:
        raise Refused("adoption.photos_many", field=wanted.pictures[-1].field)
    gone = [id for id in note.photos if id not in ids]
    note.photos = ids
    _drop(session, adoption, gone)


def _drop(session: Session, adoption: Adoption, ids: Sequence[int]) -> None:
    """The same picture may stand at another note: there it stays."""
    session.flush()
    mine = select(AdoptionNote.photos).where(AdoptionNote.adoption_id == adoption.id)
    used = {id for photos in session.scalars(mine) for id in photos} if ids else set()
    arrange(session, adoption, [Change(id, remove=True) for id in ids if id not in used])
