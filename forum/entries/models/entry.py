"""The one supertype of what people write (joined-table inheritance)."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, String, Text, false
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session, relationship

from forum.accounts.models import Person
from forum.core import events
from forum.core.actor import Actor
from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.model import Base
from forum.entries import screening
from forum.entries.models.counting import write_counts
from forum.entries.models.judged import Judged
from forum.entries.models.naming import Signed
from forum.entries.models.state import State
from forum.entries.public_text import Enclosed, PublicText


class Entry(Judged, Signed, Base):
    """Something a person wrote. `root` is the entry it is about (for a comment), `region_code` the moderators' scope."""

    __tablename__ = "entries"
    __table_args__: Any = (
        Index("ix_entries_author_id_state_published_at", "author_id", "state", "published_at"),
        Index("ix_entries_state_kind_changed_at", "state", "kind", "changed_at"),
        Index("ix_entries_root_id_state", "root_id", "state"),
    )
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "entry"}

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(20), default=State.DRAFT)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    root_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"))
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    published_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)  # grows with every change of words or state
    locked: Mapped[bool] = mapped_column(default=False)
    anonymous: Mapped[bool] = mapped_column(default=False, server_default=false())  # its author asked not to be named
    note: Mapped[str | None] = mapped_column(Text)  # the reason of the last moderation step, for the author
    score: Mapped[int] = mapped_column(default=0)
    ups: Mapped[int] = mapped_column(default=0)
    downs: Mapped[int] = mapped_column(default=0)
    comments_count: Mapped[int] = mapped_column(default=0)
    last_comment_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"))
    pinned_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"))  # the comment that stands first in its discussion

    author: Mapped[Person] = relationship(lazy="raise_on_sql", viewonly=True, foreign_keys=[author_id])
    root: Mapped["Entry | None"] = relationship(lazy="raise_on_sql", viewonly=True, remote_side=[id], foreign_keys=[root_id])

    # What a kind says of itself.

    # Whether its public words are partly another entry's, whose changes do not make a new version of this one.
    borrows_words: ClassVar[bool] = False

    @property
    def headline(self) -> str:
        """What the entry is called in lists and notices."""
        raise NotImplementedError

    @property
    def subject(self) -> str:
        """What notices call the thing that several such entries are about."""
        return self.headline

    @property
    def gathers_under(self) -> int:
        """The entry under which notices about this one are gathered: what it is about."""
        return self.root_id or self.id

    @property
    def owner_id(self) -> int | None:
        """The municipality whose people may change it too; None where it is its author's alone."""
        return None

    def check_complete(self) -> None:
        """Raise `Refused` where something needed for publishing is missing."""

    def public_text(self) -> PublicText | None:
        """What search may know, or None while guests can't read it."""
        return None

    @classmethod
    def enclosed(cls, session: Session, ids: Collection[int]) -> Iterator[Enclosed]:
        """The words of documents that belong to entries of this kind, by entry; the caller has found these through `visible_to`."""
        return iter(())

    @classmethod
    def public_loads(cls) -> list[Any]:
        """Loader options that `public_text` of this kind needs beside the author and the root, for a query over Entry."""
        return []

    @classmethod
    def bare(cls, session: Session, ids: Collection[int]) -> Sequence[Any] | None:
        """Of these entries what results need, with `public_text`, read past the unit of work; None where the kind has no such way."""
        return None

    @property
    def markup(self) -> str:
        """All its safe HTML."""
        return ""

    def snapshot(self) -> dict[str, Any]:
        """The words of the entry, for a revision."""
        raise NotImplementedError

    def beside(self) -> dict[str, Any]:
        """What its history keeps beside the words; it says so always, or never."""
        return {}

    def answers(self) -> set[int]:
        """Ids of the people whom it answers: they hear of it for that alone."""
        return set()

    def settle(self) -> None:
        """Bring columns that follow from others in order; called before every flush that writes the entry."""

    def visibility_changed(self) -> None:
        """Appeared to guests or vanished from them."""

    def discussed(self, number: int, last: datetime | None, **listed: int | None) -> None:
        """Keep how many comments guests can read under it, when the last of them came, and what the kind's lists sort by."""
        write_counts(self.session, self, comments_count=number, last_comment_at=last, **listed)

    # What can be done to any entry.

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED

    def record(self, kind: str, by: Actor, reason: str | None = None, **data: Any) -> int:
        """Say what happened to this entry; the number of the event."""
        if not self.id:
            self.session.flush()
        return events.record(self.session, kind, by=by, entry_id=self.id, person_id=self.author_id, reason=reason, **data)

    @property
    def session(self) -> Session:
        session = object_session(self)
        if session is None:
            raise RuntimeError("the entry is in no session")
        return session

    def touch(self, words: bool = False) -> None:
        """Mark a change; `words` when the text itself changed."""
        self.changed_at = now()
        self.version = (self.version or 0) + 1
        if words and self.published_at:
            self.edited_at = self.changed_at

    def publish(self, by: Actor, unfinished: bool = False) -> None:
        """Show it to everybody, or to the moderators first where the author is not trusted yet.

        `unfinished`: although something needed is missing (an import may, the form may not).
        """
        if self.state in (State.PUBLISHED, State.WAITING):
            return
        self._check_authors()
        found: list[screening.Finding] = []
        if not unfinished:
            self.check_complete()
            found = screening.look(self.session, self, by)
        if by.trusted and not found:
            self.appear(by, f"{self.kind}.published")
        else:
            self.change_state(State.WAITING)
            self.record(f"{self.kind}.submitted", by=by)
        screening.keep(self.session, self, by, found)

    def recheck(self, by: Actor) -> None:
        """The author has changed words: what a screen finds in them has the moderators look again. Raises Refused like `publish`."""
        if self.state not in (State.PUBLISHED, State.WAITING):
            return
        found = screening.look(self.session, self, by, again=True)
        if found and self.is_published:
            self.change_state(State.WAITING)
            self.record(f"{self.kind}.submitted", by=by)
        screening.keep(self.session, self, by, found, again=True)

    def unpublish(self, by: Actor) -> None:
        """Back to a draft, by the author."""
        if self.state in (State.PUBLISHED, State.WAITING, State.WITHDRAWN):
            self.change_state(State.DRAFT)
            self.record(f"{self.kind}.unpublished", by=by)

    def withdraw(self, by: Actor) -> None:
        """The author takes it back; its address says so no more than that it is gone."""
        if self.state == State.WITHDRAWN:
            return
        self._check_authors()
        was = self.state
        self.change_state(State.WITHDRAWN)
        self.record(f"{self.kind}.withdrawn", by=by, state=was)

    def take_back(self, by: Actor) -> None:
        """The author thinks better of a withdrawal: everything is as it was."""
        if self.state != State.WITHDRAWN:
            return
        last = events.latest(self.session, f"{self.kind}.withdrawn", self.id)
        was = State(last.data.get("state", State.DRAFT)) if last is not None else State.DRAFT
        if was == State.PUBLISHED:
            self.appear(by, f"{self.kind}.taken_back")
        else:
            self.change_state(was)
            self.record(f"{self.kind}.taken_back", by=by)

    def _check_authors(self) -> None:
        if self.state == State.HIDDEN:
            raise Refused("entry.hidden_by_moderator")
        if self.state == State.MERGED:
            raise Refused("entry.merged")

    def appear(self, by: Actor, happened: str) -> None:
        """Become public, saying what happened."""
        first = self.published_at is None
        self.published_at = self.published_at or now()
        self.change_state(State.PUBLISHED)
        self.record(happened, by=by, first=first)

    def change_state(self, state: State) -> None:
        """Into a state, with what follows for its readers."""
        was_public, self.state = self.is_published, state
        self.touch()
        if was_public != self.is_published:
            self.visibility_changed()
