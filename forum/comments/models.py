"""A comment on an entry."""

from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from forum.accounts.queries import called
from forum.comments.splitting import LARGEST, branch, place, recount
from forum.core.actor import Actor
from forum.core.errors import Refused
from forum.core.text import RENDERER_VERSION, excerpt, own_words, plain, render
from forum.entries.models import Entry
from forum.entries.public_text import PublicText

MAX_LENGTH = 20_000


class Comment(Entry):
    """A comment. `thread_id` is the top-level comment it stands under (None for such a one), `parent_id` the one it answers.

    Two levels are shown: an answer to an answer stands beside it and says whom it answers.
    """

    __tablename__ = "comments"
    __table_args__: Any = (Index("ix_comments_on_id_thread_id_id", "on_id", "thread_id", "id"),)

    id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    on_id: Mapped[int] = mapped_column(ForeignKey("entries.id"))  # entries.root_id once more, indexed with the thread
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
    body: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    html_version: Mapped[int] = mapped_column(default=RENDERER_VERSION)

    MOVES: ClassVar[tuple[str, ...]] = ("discussion",)

    parent: Mapped["Comment | None"] = relationship(lazy="raise_on_sql", viewonly=True, remote_side=[id], foreign_keys=[parent_id])

    __mapper_args__ = {"polymorphic_identity": "comment", "polymorphic_load": "selectin", "inherit_condition": id == Entry.id}

    @classmethod
    def on(cls, root: Entry, body: str, by: Actor, parent: "Comment | None" = None) -> "Comment":
        """A new comment on `root`, in its session; `publish` it next."""
        if parent is not None and (parent.root_id != root.id or not parent.is_published):
            raise Refused("comment.parent_gone")
        thread = (parent.thread_id or parent.id) if parent else None
        comment = cls(
            author_id=by.id,
            root_id=root.id,
            on_id=root.id,
            region_code=root.region_code,
            anonymous=root.hides(by.id),
            thread_id=thread,
            parent_id=parent.id if parent else None,
        )
        comment.write(body, root.session)
        root.session.add(comment)
        comment.root = root
        return comment

    def write(self, body: str, session: Session | None = None) -> None:
        """Set the words and their safe HTML; `session` where the comment is in none yet."""
        text = body.strip()
        if not text:
            raise Refused("comment.empty", field="body")
        if len(text) > MAX_LENGTH:
            raise Refused("comment.too_long", field="body", limit=MAX_LENGTH)
        self.body, self.html = text, render(text, called(session or self.session))
        self.html_version = RENDERER_VERSION

    @property
    def headline(self) -> str:
        return excerpt(own_words(self.html), 80)

    @property
    def markup(self) -> str:
        return self.html

    def snapshot(self) -> dict[str, Any]:
        return {"body": self.body}

    def answers(self) -> set[int]:
        return set(self.session.scalars(select(Entry.author_id).where(Entry.id.in_([self.root_id, self.parent_id or self.root_id]))))

    def visibility_changed(self) -> None:
        """The root counts what guests can read; under a lock, so that two at once don't lose each other."""
        recount(self.session, self.session.get_one(Entry, self.root_id))

    def relocate(self, **where: Any) -> dict[str, Any]:
        """To another `discussion`, with all that answers it; there it begins a thread."""
        root, session = where["discussion"], self.session
        if root.root_id is not None or not root.is_published:
            raise Refused("comment.no_discussion", field="discussion")
        if root.id == self.root_id:
            return {}
        ids = branch(session, self)
        if len(ids) > LARGEST:
            raise Refused("comment.branch_too_large", field="discussion", limit=LARGEST)
        before = {"discussion": self.root_id, "thread": self.thread_id, "parent": self.parent_id, "region": self.region_code, "ids": ids}
        self.stand_first(False)
        place(session, self, ids, root, None, None)
        return before

    def put_back(self, before: dict[str, Any]) -> None:
        """To where it was; what has been answered there since comes along."""
        session = self.session
        thread = session.get(Comment, before["thread"]) if before["thread"] else None
        there = thread is not None and thread.on_id == before["discussion"]
        root, parent = session.get_one(Entry, before["discussion"]), before["parent"] if there else None
        place(session, self, branch(session, self), root, before["thread"] if there else None, parent)

    def stand_first(self, pinned: bool) -> int | None:
        """One comment of the top level stands first in a discussion."""
        if pinned and (self.thread_id is not None or not self.is_published):
            raise Refused("entry.unpinnable")
        root = self.session.get_one(Entry, self.root_id)
        self.session.refresh(root, attribute_names=["pinned_id"], with_for_update=True)
        before = root.pinned_id
        if pinned:
            root.pinned_id = self.id
        elif before == self.id:
            root.pinned_id = None
        return before

    def public_text(self) -> PublicText | None:
        if not self.is_published or self.published_at is None or self.root is None or not self.root.is_published:
            return None
        return PublicText(
            "",
            plain(self.html),
            self.signature,
            self.published_at,
            self.score,
            {"kind": [self.kind], "region": [self.region_code] if self.region_code else []},
        )
