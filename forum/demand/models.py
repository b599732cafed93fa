"""Questions to the search that nobody has answered yet."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from forum.core import events
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.model import Base

LONGEST_KEY, LONGEST_TEXT = 200, 100
SHOWN_FROM = 3  # times: what fewer have asked could tell who they are


class Unmet(Base):
    """A question nobody has answered, by its search terms in alphabetical order (`key`).

    No row says who asked, nor when more exactly than by the day. `times` counts one a day and visitor. `answered_by_id`
    is a practice that answered it later; it counts while everybody may read that.
    """

    __tablename__ = "unmet_searches"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(LONGEST_KEY), unique=True)
    text: Mapped[str] = mapped_column(String(LONGEST_TEXT))
    times: Mapped[int] = mapped_column(default=0, index=True)
    first_on: Mapped[date]
    last_on: Mapped[date] = mapped_column(index=True)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"), index=True)
    answered_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str | None] = mapped_column(Text)

    def answer(self, entry_id: int) -> None:
        """A practice answers it now."""
        self.answered_by_id, self.answered_at = entry_id, now()

    def hide(self, by: Actor, reason: str) -> None:
        """A moderator takes it off the page, with the reason; it is counted no further."""
        if self.hidden_at is not None:
            return
        if not reason.strip():
            raise Refused("demand.reason_missing", field="reason")
        self.hidden_at, self.hidden_reason = now(), reason.strip()[:2000]
        self._record("moderation.question_hidden", by, self.hidden_reason)

    def restore(self, by: Actor, reason: str = "") -> None:
        """A moderator puts it back."""
        if self.hidden_at is None:
            return
        self.hidden_at = self.hidden_reason = None
        self._record("moderation.question_restored", by, reason.strip()[:2000] or None)

    def _record(self, kind: str, by: Actor, reason: str | None) -> None:
        # By number: the words may be what it was hidden for, and the log is open to all.
        events.record(self._session, kind, by=by, reason=reason, question=self.id)

    @property
    def _session(self) -> Session:
        session = object_session(self)
        if session is None:
            raise RuntimeError("the question is in no session")
        return session
