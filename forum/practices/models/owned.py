"""A practice belongs to its municipality: one person there leads it, passes it on, and says once a year that it is still true."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column

from forum.core import events
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Refused
from forum.practices.models.movable import Movable

YEAR = timedelta(days=365)  # from publishing, or from the last confirmation, until the keeper is asked
PATIENCE = timedelta(days=30)  # from the question to the reminder, and again until the practice is marked
# What nobody confirmed stands in lists as if it had been published so much earlier (search: `search.ranking.STALE`).
SINKS = timedelta(days=365)


class Owned(Movable):
    """The keeper (`ведёт`) and the yearly confirmation.

    `check_at` is the moment of the next step: the question, the reminder, the mark; None where none is due. `asked` counts
    the steps taken since the last confirmation, `stale` is the mark.
    """

    __abstract__ = True

    if TYPE_CHECKING:
        contact: Mapped[str]
        valid_on: Mapped[date | None]
        listed_at: Mapped[datetime | None]

    keeper_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    offered_to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    confirmed_at: Mapped[datetime | None]
    check_at: Mapped[datetime | None]
    asked: Mapped[int] = mapped_column(default=0, server_default="0")
    stale: Mapped[bool] = mapped_column(default=False, server_default=false())

    @property
    def owner_id(self) -> int | None:
        """The municipality whose people look after it together."""
        return self.municipality_id

    # Who leads it.

    def take_over(self, by: Actor, contact: str) -> None:
        """The actor leads it from now on; the contact was somebody else's, so it is what they say, or nothing."""
        if self.keeper_id == by.id:
            self.contact = contact
            return
        before = self.keeper_id
        self._pass_to(by.id, contact)
        self._say("practice.taken_over", by, self.author_id, before=before)

    def let_go(self, by: Actor) -> None:
        """The keeper does not want to lead it any more; their contact goes with them."""
        if self.keeper_id is None:
            return
        before = self.keeper_id
        self._pass_to(None)
        self._say("practice.keeper_left", by, before, why="wish", town=self.municipality_id, count=1)

    def offer(self, person_id: int, by: Actor) -> None:
        """Ask somebody to lead it; until they answer, all stays as it is."""
        if self.offered_to_id != person_id:
            self.offered_to_id = person_id
            self._say("practice.offered", by, person_id)

    def end_offer(self, by: Actor) -> None:
        """The offer is declined, or taken back."""
        declined = self.offered_to_id == by.id
        if self.offered_to_id is not None:
            self.offered_to_id = None
            self._say("practice.offer_declined" if declined else "practice.offer_taken_back", by, self.keeper_id if declined else None)

    def hand_over(self, person_id: int, by: Actor, reason: str) -> None:
        """A moderator has somebody lead it, with the reason; the contact is asked anew."""
        if not reason.strip():
            raise Refused("moderation.reason_missing", field="reason")
        if self.keeper_id == person_id:
            raise Refused("practice.keeper_already", field="person")
        before = self.keeper_id
        self._pass_to(person_id)
        self._say("moderation.handed_over", by, person_id, reason.strip()[:2000], before=before)

    def moved(self) -> None:
        """It belongs to another municipality now: who leads it there must be found, unless its author does."""
        self.offered_to_id = None
        if self.keeper_id != self.author_id:
            self.keeper_id = None

    def _pass_to(self, person_id: int | None, contact: str = "") -> None:
        self.keeper_id, self.offered_to_id, self.contact = person_id, None, contact

    def _say(self, kind: str, by: Actor, person_id: int | None, reason: str | None = None, **data: object) -> None:
        self.session.flush()
        events.record(self.session, kind, by=by, entry_id=self.id, person_id=person_id, reason=reason, **data)

    # Whether it is still true.

    def confirm(self, by: Actor, today: date) -> bool:
        """It is still true, as of `today`; False where that has been said today already."""
        if not self.is_published:
            raise Refused("entry.not_public")
        if self.confirmed_at is not None and self.valid_on == today and not (self.stale or self.asked):
            return False
        at = now()
        self.confirmed_at, self.valid_on = at, today
        self.stale, self.asked, self.check_at = False, 0, at + YEAR
        self.record("practice.confirmed", by=by)
        return True

    def mark_stale(self, by: Actor) -> None:
        """Nobody has answered: it says so of itself and sinks, until somebody confirms it."""
        self.stale, self.check_at = True, None
        self.record("practice.stale", by=by)

    def settle_check(self) -> None:
        """Have the clock run while guests may read it; called by `settle` once `listed_at` is known."""
        if self.published_at is None or not self.is_published:
            self.listed_at = self.check_at = None
            return
        self.listed_at = self.published_at - SINKS if self.stale else self.published_at
        if self.check_at is None and not self.stale:
            self.asked, self.check_at = 0, (self.confirmed_at or self.published_at) + YEAR
