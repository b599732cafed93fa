"""How a request ends: by an adoption, by words on what helped, or by its time being up."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Mapped

from forum.core.actor import SYSTEM, Actor
from forum.core.clock import now
from forum.core.errors import Refused
from forum.entries.models import Entry
from forum.solution_requests.models.outcome import Outcome

TERM = timedelta(days=60)  # how long a request stays open unless its author says otherwise
LONGEST = timedelta(days=366)


class Closing(Entry):
    """The verbs that end a request, and begin it again."""

    __abstract__ = True

    if TYPE_CHECKING:
        outcome: Mapped[str]
        until: Mapped[date]
        closed_on: Mapped[date | None]
        asked_on: Mapped[date | None]
        practice_id: Mapped[int | None]
        adoption_id: Mapped[int | None]
        closing: Mapped[str]

        def write(self, name: str, words: str) -> None: ...

    @property
    def is_open(self) -> bool:
        return self.outcome == Outcome.OPEN

    def close_adopting(self, practice_id: int, adoption_id: int, by: Actor) -> None:
        """Its town has begun to carry out a practice: that is the answer."""
        if self.outcome not in (Outcome.OPEN, Outcome.UNANSWERED):
            return
        self.practice_id, self.adoption_id = practice_id, adoption_id
        self._close(Outcome.ADOPTED, by)

    def close_helped(self, words: str, practice_id: int | None, by: Actor) -> None:
        """Its author says what helped: a practice, words, or both."""
        if self.outcome not in (Outcome.OPEN, Outcome.UNANSWERED):
            raise Refused("request.closed")
        if not words.strip() and practice_id is None:
            raise Refused("request.words_missing", field="words")
        self.write("closing", words.strip())
        self.practice_id = practice_id
        self._close(Outcome.HELPED, by)
        self.recheck(by)

    def ask_author(self) -> None:
        """Its time is up: its author is asked, once, whether a solution was found."""
        if self.is_open and self.asked_on is None:
            self.asked_on = now().date()
            self.record("request.overdue", by=SYSTEM)

    def lapse(self) -> None:
        """Nobody said anything: it is closed, and stays listed as what nobody has answered."""
        if self.is_open:
            self._close(Outcome.UNANSWERED, SYSTEM)

    def extend(self, until: date, by: Actor) -> None:
        """Still wanted, or wanted again: open until another day."""
        if self.outcome not in (Outcome.OPEN, Outcome.UNANSWERED):
            raise Refused("request.closed")
        self.check_until(until)
        self.until, self.asked_on, self.closed_on, self.outcome = until, None, None, Outcome.OPEN
        self.touch()
        self.record("request.extended", by=by)

    @staticmethod
    def check_until(day: date) -> None:
        """Raise Refused where the day is no term for a request."""
        if day < now().date():
            raise Refused("request.until_past", field="until")
        if day > now().date() + LONGEST:
            raise Refused("request.until_far", field="until")

    def _close(self, outcome: Outcome, by: Actor) -> None:
        self.outcome, self.closed_on = outcome, now().date()
        self.touch()
        self.record("request.closed", by=by, outcome=outcome)
