"""Whose name stands under an entry: its author's, or nobody's where they asked for that."""

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, case, literal, select
from sqlalchemy.orm import Mapped, Session

from forum.accounts.models import Person
from forum.core.actor import Actor
from forum.core.errors import Refused


def name_of(column: Any, anonymous: Any) -> ColumnElement[Any]:
    """What a column says of an entry's author, empty where they are not to be named."""
    return case((anonymous.is_(True), literal("")), else_=column)


class Signed:
    """The verbs about names, for `Entry`. An entry without a name stays its author's; only others never read whose it is."""

    if TYPE_CHECKING:
        id: Mapped[int]
        kind: Mapped[str]
        author_id: Mapped[int]
        author: Mapped[Person]
        anonymous: Mapped[bool]

        @property
        def session(self) -> Session: ...
        def record(self, kind: str, by: Actor, reason: str | None = None, **data: Any) -> int: ...
        def touch(self, words: bool = False) -> None: ...

    @property
    def signature(self) -> str:
        """The author's name as others read it; empty where they asked not to be named."""
        return "" if self.anonymous else self.author.name

    # What a kind does in its own way.

    def check_anonymous(self) -> None:
        """Raise `Refused` where the name can't be kept back."""
        raise Refused("entry.must_be_signed", field="anonymous")

    def check_signed(self, by: Actor) -> None:
        """Raise `Refused` where the name can't be given again."""

    def behind(self) -> set[int]:
        """Ids of the people whose names are kept back with it."""
        return {self.author_id}

    # What can be done to any entry.

    def hides(self, person_id: int | None) -> bool:
        """Whether what that person says under it bears no name either."""
        return bool(self.anonymous) and person_id in self.behind()

    def withhold_name(self, by: Actor) -> None:
        """Name those who wrote it nowhere any more, nor under what they said of it."""
        if not self.anonymous:
            self.check_anonymous()
            self._sign(True, by)

    def give_name(self, by: Actor) -> None:
        """Name them again."""
        if self.anonymous:
            self.check_signed(by)
            self._sign(False, by)

    def _sign(self, anonymous: bool, by: Actor) -> None:
        self.anonymous = anonymous
        self.touch()
        self.hide_words_of(self.behind(), anonymous)
        self.record(f"{self.kind}.unsigned" if anonymous else f"{self.kind}.signed", by=by)

    def hide_words_of(self, people: set[int], anonymous: bool = True) -> None:
        """What these people said under it bears no name (or bears one again)."""
        kind: Any = type(self).__mapper__.base_mapper.class_  # type: ignore[attr-defined]
        said = select(kind).where(kind.root_id == self.id, kind.author_id.in_(people), kind.anonymous.is_not(anonymous))
        for entry in self.session.scalars(said):
            entry.anonymous = anonymous
            entry.touch()
