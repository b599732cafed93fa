"""Putting the timeline of an adoption right: the words and the day of a note, or a note taken back."""

from datetime import date

from sqlalchemy import select

from forum.accounts.queries import called
from forum.adoptions.models.notes import AdoptionNote, What
from forum.adoptions.models.stages import Stage
from forum.adoptions.models.travelling import Travelling
from forum.core.errors import Refused
from forum.core.text import RENDERER_VERSION, render

# Sections of the record that repeat the words of the step which led to a stage.
REPEATED = {Stage.RESULT: "outcome", Stage.REFUSED: "refusal"}


class Mended(Travelling):
    """The verbs that change what was written; whoever calls them keeps the former words and says what happened."""

    __abstract__ = True

    def worded_notes(self) -> list[AdoptionNote]:
        """The notes that have words, in their order."""
        mine = select(AdoptionNote).where(AdoptionNote.adoption_id == self.id, AdoptionNote.body != "")
        return list(self.session.scalars(mine.order_by(AdoptionNote.id)))

    def reword_note(self, note: AdoptionNote, words: str) -> None:
        """Other words for a note; where they are the last ones, the record repeats them."""
        note.body, note.html = words, render(words, called(self.session)) if words else ""
        note.html_version = RENDERER_VERSION
        self._repeat_last()

    def amend(self, note: AdoptionNote, words: str, day: date) -> None:
        """Other words and another day, by the rules of a new note; a result and a refusal say the same in their section."""
        text = words.strip()
        if text != note.body:
            self._check_amended(note, text)
            section = REPEATED.get(Stage(note.stage)) if note.what == What.STAGE else None
            if section is not None and getattr(self, section) == note.body:
                self.write(section, text)
            self.reword_note(note, text)
        if day != note.happened_on:
            self._redate(note, day)

    def unsay(self, note: AdoptionNote) -> None:
        """Take a plain note back; raises Refused `adoption.step_stays`."""
        if note.what != What.NOTE:
            raise Refused("adoption.step_stays")
        self.session.delete(note)
        self._repeat_last()

    def _check_amended(self, note: AdoptionNote, text: str) -> None:
        if note.what != What.STAGE:
            if not text:
                raise Refused("adoption.note_empty", field="body")
            return
        steps = self.steps()
        at = steps.index(note)
        if at:
            self.check_said(Stage(note.stage), Stage(steps[at - 1].stage), text)

    def _redate(self, note: AdoptionNote, day: date) -> None:
        self.check_day(day)
        if note.what != What.STAGE:
            note.happened_on = day
            return
        self.check_order(day, note)
        note.happened_on = day
        steps = self.steps()
        self.opened_on = min(step.happened_on for step in steps)
        if steps[-1] is note and self.closed_on is not None:
            self.closed_on = day

    def _repeat_last(self) -> None:
        self.session.flush()
        worded = self.worded_notes()
        others = {name: html for name, html in (self.html or {}).items() if name != "note"}
        self.html = {**others, "note": worded[-1].html} if worded else others
