"""What moderators can put right in an adoption: its texts, and the words of its timeline."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.adoptions.models import Adoption, AdoptionNote, Stage
from forum.core.errors import Refused
from forum.entries.models import Entry
from forum.moderation.rewording import REWORDING, Part, Rewording
from forum.moderation.undoing import RESTATE

NOTE = "note-"  # begins the names of notes
NEEDED = {Stage.RESULT: ("outcome", "adoption.outcome_missing"), Stage.REFUSED: ("refusal", "adoption.refusal_missing")}


def _parts(entry: Entry) -> list[Part]:
    adoption = entry.session.get_one(Adoption, entry.id)
    own = [Part(name, getattr(adoption, name)) for name in adoption.MARKDOWN if getattr(adoption, name)]
    repeated = {part.text for part in own}
    notes = [note for note in adoption.worded_notes() if note.body not in repeated]
    return own + [Part(f"{NOTE}{note.id}", note.body, on=note.happened_on) for note in notes]


def _write(entry: Entry, name: str, text: str) -> None:
    """Words that stand in the timeline too, as those of a result, are changed there as well."""
    adoption = entry.session.get_one(Adoption, entry.id)
    if name.startswith(NOTE):
        if not text:
            raise Refused("adoption.note_empty")
        adoption.reword_note(adoption.session.get_one(AdoptionNote, int(name.removeprefix(NOTE))), text)
        return
    needed, code = NEEDED.get(Stage(adoption.stage), ("", ""))
    if name == needed and not text:
        raise Refused(code)
    before = getattr(adoption, name)
    for note in adoption.worded_notes():
        if note.body == before:
            adoption.reword_note(note, text)
    adoption.write(name, text)


def _restate(session: Session, entry: Entry, snapshot: Mapping[str, Any], by: object) -> None:
    """Have it say again what a revision said: a moderator's correction is undone."""
    adoption = session.get_one(Adoption, entry.id)
    for name in adoption.MARKDOWN:
        adoption.write(name, snapshot.get(name) or "")
    former = {int(id): body for id, body in snapshot.get("notes", {}).items()}
    mine = AdoptionNote.adoption_id == adoption.id
    for note in session.scalars(select(AdoptionNote).where(mine, AdoptionNote.id.in_(former))):
        adoption.reword_note(note, former[note.id])


REWORDING["adoption"] = Rewording(_parts, _write)
RESTATE["adoption"] = _restate
