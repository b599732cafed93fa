"""The way of an adoption: its steps, what came of it, and whether the practice's author agrees."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped

from forum.accounts.queries import called
from forum.adoptions.counting import recount
from forum.adoptions.models.notes import AdoptionNote, AdoptionPerson, What
from forum.adoptions.models.stages import Stage
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.text import render
from forum.entries.models import Entry, State
from forum.taxonomy.models import Obstacle

# Days of silence after which a town may wish to be reminded.
SILENCES = (30, 60, 90)
EARLIEST = date(1990, 1, 1)


class Travelling(Entry):
    """The verbs of an adoption. `happened_on` is the day of a step, which may lie behind."""

    __abstract__ = True

    if TYPE_CHECKING:
        practice_id: Mapped[int]
        municipality_id: Mapped[int]
        stage: Mapped[str]
        live: Mapped[bool]
        doubled: Mapped[bool]
        opened_on: Mapped[date]
        closed_on: Mapped[date | None]
        outcome: Mapped[str]
        refusal: Mapped[str]
        obstacle_id: Mapped[int | None]
        html: Mapped[dict[str, Any]]
        remind_after: Mapped[int | None]
        remind_on: Mapped[date | None]
        questioned_at: Mapped[datetime | None]
        confirmed_at: Mapped[datetime | None]
        confirmed_by_id: Mapped[int | None]

        def write(self, name: str, words: str) -> None: ...

    @property
    def stays_live(self) -> bool:
        """Whether it is the town's one record of the practice."""
        return not self.doubled and self.stage != Stage.REFUSED and self.state not in (State.WITHDRAWN, State.GONE, State.MERGED)

    @property
    def awaits_confirmation(self) -> bool:
        """A result that nobody has confirmed or questioned yet."""
        return self.stage == Stage.RESULT and self.confirmed_at is None and self.questioned_at is None

    def advance(
        self, stage: Stage, by: Actor, happened_on: date, words: str = "", obstacle: Obstacle | None = None, would_help: str = ""
    ) -> AdoptionNote:
        """Take a step, forward or back. A result says what came of it, a refusal what stood in the way and maybe what would have helped,
        a step back why."""
        before = Stage(self.stage)
        if stage == before:
            raise Refused("adoption.same_stage", field="stage")
        self.check_day(happened_on)
        self.check_order(happened_on)
        if stage == Stage.REFUSED and obstacle is None:
            raise Refused("adoption.obstacle_missing", field="obstacle")
        self.check_said(stage, before, words)
        if before == Stage.REFUSED:
            self._check_no_other()
        self.stage = stage
        self.opened_on = min(self.opened_on, happened_on)  # a town may write of it after the fact
        self.closed_on = happened_on if stage in (Stage.RESULT, Stage.REFUSED) else None
        self.confirmed_at = self.confirmed_by_id = self.questioned_at = None
        if stage == Stage.RESULT:
            self.write("outcome", words.strip())
        if stage == Stage.REFUSED and obstacle is not None:
            self.obstacle_id = obstacle.id
            self.write("refusal", words.strip())
            self.write("would_help", would_help.strip())
        made = self.add_note(What.STAGE, by, words, happened_on)
        self.record("adoption.advanced", by=by, stage=stage, before=before)
        recount(self.session, [self.practice_id])
        return made

    def check_day(self, day: date) -> None:
        """Raise Refused for a day that has not come, or lies too far behind."""
        if day > now().date() + timedelta(days=1):  # the day may have begun further east
            raise Refused("adoption.day_ahead", field="happened_on")
        if day < EARLIEST:
            raise Refused("adoption.day_wrong", field="happened_on")

    def steps(self) -> list[AdoptionNote]:
        """The notes of its steps in their order; the first opened it."""
        mine = select(AdoptionNote).where(AdoptionNote.adoption_id == self.id, AdoptionNote.what == What.STAGE)
        return list(self.session.scalars(mine.order_by(AdoptionNote.id)))

    def check_order(self, day: date, step: AdoptionNote | None = None) -> None:
        """Raise Refused where the day of a step, None a new one, lies before the last step or after the next.

        Before the opening it may lie: a town may write of it after the fact, and then the record begins there.
        """
        steps = self.steps()
        at = len(steps) if step is None else steps.index(step)
        if at > 1 and day < steps[at - 1].happened_on:
            raise Refused("adoption.day_before_step", field="happened_on", day=f"{steps[at - 1].happened_on:%d.%m.%Y}")
        if at + 1 < len(steps) and day > steps[at + 1].happened_on:
            raise Refused("adoption.day_after_step", field="happened_on", day=f"{steps[at + 1].happened_on:%d.%m.%Y}")

    def check_anonymous(self) -> None:
        if self.stage != Stage.REFUSED:
            raise Refused("adoption.only_refusals_unsigned", field="anonymous")

    def check_signed(self, by: Actor) -> None:
        """Only where nobody else has kept it: one can't name another who asked not to be named."""
        n = AdoptionNote
        kept = (n.adoption_id == self.id, n.what.in_([What.STAGE, What.NOTE, What.ANSWER]))
        others = select(n.id).where(*kept, n.author_id != by.id)
        if self.behind() != {by.id} or self.session.scalar(others.limit(1)) is not None:
            raise Refused("adoption.others_unsigned", field="anonymous")

    def behind(self) -> set[int]:
        kept = select(AdoptionPerson.person_id).where(AdoptionPerson.adoption_id == self.id)
        return {self.author_id, *self.session.scalars(kept)}

    def check_said(self, stage: Stage, before: Stage, words: str) -> None:
        """Raise Refused where a step needs words that are missing."""
        if words.strip():
            return
        if stage == Stage.REFUSED:
            raise Refused("adoption.refusal_missing", field="body")
        if stage == Stage.RESULT:
            raise Refused("adoption.outcome_missing", field="body")
        if not before.is_before(stage):
            raise Refused("adoption.why_back", field="body")

    def _check_no_other(self) -> None:
        """A town that refused may have begun anew meanwhile: then that record goes on."""
        kind = type(self)
        same = (kind.practice_id == self.practice_id, kind.municipality_id == self.municipality_id)
        if self.session.scalar(select(kind.id).where(*same, kind.live.is_(True), kind.id != self.id).limit(1)) is not None:
            raise Refused("adoption.begun_anew", field="stage")

    def take_back(self, by: Actor) -> None:
        if self.state == State.WITHDRAWN and self.stage != Stage.REFUSED:
            self._check_no_other()
        super().take_back(by)

    def add_note(self, what: What, by: Actor, words: str, happened_on: date) -> AdoptionNote:
        """A line of the timeline; the silence is over. Raises Refused where the text can't be taken."""
        text = words.strip()
        note = AdoptionNote(
            adoption_id=self.id,
            what=what,
            stage=self.stage,
            happened_on=happened_on,
            author_id=by.id,
            body=text,
            html=render(text, called(self.session)) if text else "",
            photos=[],
        )
        if text:
            # The last words stand on the record too: there moderators, and whoever is mentioned, meet them.
            self.html = {**(self.html or {}), "note": note.html}
        self.session.add(note)
        self.session.flush()
        self.touch()
        self.heard_of()
        self.look_at(note, by)
        return note

    @property
    def fresh(self) -> tuple[AdoptionNote, ...]:
        """The note that is being written: screens look at its words as at those of the entry itself."""
        return self.__dict__.get("_fresh", ())

    def look_at(self, note: AdoptionNote, by: Actor) -> None:
        """Have the screens look at the words of a note, new or changed."""
        self.__dict__["_fresh"] = (note,)
        try:
            if note.body and self.state in (State.PUBLISHED, State.WAITING):
                self.recheck(by)
        finally:
            del self.__dict__["_fresh"]

    def tell(self, by: Actor, words: str, happened_on: date) -> AdoptionNote:
        """How it goes, without a step; to a question that the result was given back with, this is the answer."""
        if not words.strip():
            raise Refused("adoption.note_empty", field="body")
        self.check_day(happened_on)
        answer = self.questioned_at is not None
        made = self.add_note(What.ANSWER if answer else What.NOTE, by, words, happened_on)
        self.questioned_at = None
        self.heard_of()  # an answered result waits for somebody else
        self.record("adoption.answered" if answer else "adoption.told", by=by)
        return made

    def confirm(self, by: Actor) -> None:
        """The author of the practice, or a moderator, finds that it is so: now it counts."""
        if self.confirmed_at is not None:
            return
        if self.stage != Stage.RESULT or self.state != State.PUBLISHED:
            raise Refused("adoption.no_result")
        self.confirmed_at, self.confirmed_by_id, self.questioned_at = now(), by.id, None
        self.add_note(What.CONFIRMED, by, "", now().date())
        self.record("adoption.confirmed", by=by)
        recount(self.session, [self.practice_id])

    def question(self, by: Actor, words: str) -> None:
        """Give a result back with a question; it counts no more until it is confirmed."""
        if not words.strip():
            raise Refused("adoption.question_missing", field="question")
        if self.stage != Stage.RESULT or self.state != State.PUBLISHED:
            raise Refused("adoption.no_result")
        self.confirmed_at = self.confirmed_by_id = None
        self.questioned_at = now()
        self.add_note(What.QUESTION, by, words, now().date())
        self.record("adoption.questioned", by=by)
        recount(self.session, [self.practice_id])

    def heard_of(self) -> None:
        """Wait for the next silence: none after a result that is confirmed, or a refusal."""
        over = self.stage == Stage.REFUSED or (self.stage == Stage.RESULT and self.questioned_at is None)
        self.remind_on = None if over or not self.remind_after else now().date() + timedelta(days=self.remind_after)

    def remind(self, after: int | None) -> None:
        """Be reminded after so many days of silence; None: never."""
        if after is not None and after not in SILENCES:
            raise Refused("adoption.silence_unknown", field="remind_after")
        self.remind_after = after
        self.heard_of()
