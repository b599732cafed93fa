"""What moderators do to an entry of any kind. Each step has its reason and leaves in its event what is needed to undo it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy.orm import Mapped, Session

from forum.accounts.models import Person
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Refused
from forum.entries.models.state import State

if TYPE_CHECKING:
    from forum.entries.models.entry import Entry

LONGEST_REASON = 2000


def said(reason: str) -> str:
    """The reason of a step; raises Refused where there is none."""
    if not reason.strip():
        raise Refused("moderation.reason_missing", field="reason")
    return reason.strip()[:LONGEST_REASON]


def maybe_said(reason: str) -> str | None:
    """The reason of a step that needs none."""
    return reason.strip()[:LONGEST_REASON] or None


class Judged:
    """The verbs of moderators, for `Entry`. More that belongs to the event is passed on as `data`."""

    if TYPE_CHECKING:
        id: Mapped[int]
        kind: Mapped[str]
        state: Mapped[str]
        author_id: Mapped[int]
        published_at: Mapped[datetime | None]
        locked: Mapped[bool]
        note: Mapped[str | None]
        merged_into_id: Mapped[int | None]

        @property
        def session(self) -> Session: ...
        def record(self, kind: str, by: Actor, reason: str | None = None, **data: Any) -> int: ...
        def appear(self, by: Actor, happened: str) -> None: ...
        def change_state(self, state: State) -> None: ...
        def touch(self, words: bool = False) -> None: ...

    # Where `move` can put entries of this kind: nomination, municipality, discussion.
    MOVES: ClassVar[tuple[str, ...]] = ()

    # What a kind does in its own way.

    def relocate(self, **where: Any) -> dict[str, Any]:
        """Put it where `where` says (names of `MOVES`); what `put_back` needs, empty where it stands there already."""
        raise Refused("entry.immovable")

    def put_back(self, before: dict[str, Any]) -> None:
        """Undo `relocate`."""
        raise NotImplementedError

    def check_merge(self, kept: "Entry") -> None:
        """Raise `Refused` where the one can't be merged into the other."""
        raise Refused("entry.unmergeable")

    def absorbed(self, kept: "Entry") -> dict[str, Any]:
        """Have what pointed here point to `kept`; what `released` needs to undo it."""
        return {}

    def released(self, kept: "Entry", before: dict[str, Any]) -> None:
        """Undo `absorbed`."""

    def stand_first(self, pinned: bool) -> int | None:
        """Begin or end to stand first where it is listed; the id of what stood there before."""
        raise Refused("entry.unpinnable")

    # What can be done to any entry.

    def approve(self, by: Actor, **data: Any) -> None:
        """Let a first post through; the author comes nearer to being trusted."""
        if self.state != State.WAITING:
            return
        # What was public before has been counted, or needed nobody's approval.
        first = self.published_at is None
        author = self.session.get_one(Person, self.author_id, with_for_update=True)
        author.approved_posts += int(first)
        note, self.note = self.note, None
        self.appear(by, f"{self.kind}.published")
        self.record("moderation.approved", by=by, note=note, counted=first, **data)

    def hold(self, by: Actor, **data: Any) -> None:
        """Out of sight until a moderator has looked; nothing is decided by that."""
        if self.state == State.PUBLISHED:
            self.change_state(State.WAITING)
            self.record("moderation.held", by=by, **data)

    def let_out(self, by: Actor, **data: Any) -> None:
        """What it was held for came to nothing."""
        if self.state == State.WAITING:
            self.go_to(State.PUBLISHED, self.note)
            self.record("moderation.let_out", by=by, **data)

    def send_back(self, by: Actor, reason: str, **data: Any) -> None:
        """Return it for rework."""
        if self.state not in (State.WAITING, State.PUBLISHED):
            return
        self._put_away(by, reason, State.DRAFT, "moderation.returned", data)

    def hide(self, by: Actor, reason: str, **data: Any) -> None:
        """Take it out of sight."""
        if self.state == State.HIDDEN:
            return
        if self.state not in (State.PUBLISHED, State.WAITING):
            raise Refused("entry.not_public")
        self._put_away(by, reason, State.HIDDEN, "moderation.hidden", data)

    def restore(self, by: Actor, reason: str = "") -> None:
        """Show it again."""
        if self.state != State.HIDDEN:
            return
        note = self.note
        self.go_to(State.PUBLISHED, None)
        self.record("moderation.restored", by=by, reason=maybe_said(reason), state=State.HIDDEN, note=note)

    def lock(self, by: Actor, locked: bool, reason: str = "") -> None:
        """Close the discussion, or open it again."""
        if self.locked == locked:
            return
        why = said(reason) if locked else maybe_said(reason)
        self.locked = locked
        self.record("moderation.locked" if locked else "moderation.unlocked", by=by, reason=why)

    def pin(self, by: Actor, pinned: bool, reason: str = "") -> None:
        """Have it stand first where it is listed, or no longer."""
        why = said(reason) if pinned else maybe_said(reason)
        before = self.stand_first(pinned)
        if (before == self.id) != pinned:
            self.record("moderation.pinned" if pinned else "moderation.unpinned", by=by, reason=why, before=before)

    def move(self, by: Actor, reason: str, **where: Any) -> None:
        """Put it elsewhere; `where` as in `relocate`."""
        why = said(reason)
        before = self.relocate(**where)
        if not before:
            raise Refused("entry.there_already")
        self.touch()
        self.record("moderation.moved", by=by, reason=why, before=before)

    def merge_into(self, kept: "Entry", by: Actor, reason: str, **data: Any) -> None:
        """Give way to another entry that says the same: whoever comes here is led there."""
        why, was = said(reason), self.state
        self.check_merge(kept)
        moved = self.absorbed(kept)
        self.merged_into_id = kept.id
        self.change_state(State.MERGED)
        self.record("moderation.merged", by=by, reason=why, kept=kept.id, state=was, own=moved, **data)
        kept.record("moderation.absorbed", by=by, reason=why, merged=self.id)

    def corrected(self, by: Actor, reason: str, number: int | None) -> None:
        """Say that a moderator changed the words; `number` is that of the revision with the new ones, None where files alone changed."""
        self.record("moderation.edited", by=by, reason=said(reason), revision=number)

    def go_to(self, state: str, note: str | None) -> None:
        """Into a state without a word about it: the caller says why."""
        self.note = note
        if state == State.PUBLISHED:
            self.published_at = self.published_at or now()
        self.change_state(State(state))

    def _put_away(self, by: Actor, reason: str, state: State, happened: str, data: dict[str, Any]) -> None:
        was, note = self.state, self.note
        self.note = said(reason)
        self.change_state(state)
        self.record(happened, by=by, reason=self.note, state=was, note=note, **data)
