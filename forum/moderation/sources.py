"""What else waits for moderators beside entries: other parts of moderation put their cases into the one queue here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy.orm import Session

from forum.core.actor import Actor

if TYPE_CHECKING:
    from forum.moderation.queue import Filters


class Waiting(Protocol):
    """A case as the queue sorts it: `key` is its source's, `weight` is on the scale of `forum.moderation.weight`."""

    @property
    def key(self) -> str: ...
    @property
    def id(self) -> int: ...
    @property
    def since(self) -> datetime: ...
    @property
    def weight(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Source:
    """Cases of one kind. `key` is its value of the filter `kind`, `label` its tab, `template` draws one (as `case`).

    `cases(session, actor, filters, at)` gives a bounded number of what waits for the actor: within their regions, never their
    own, and meeting all filters it can meet (none where it can't). `count` says how many wait in all, up to a hundred.
    """

    key: str
    label: Any
    template: str
    cases: Callable[[Session, Actor, "Filters", datetime], Sequence[Waiting]]
    count: Callable[[Session, Actor], int]


SOURCES: dict[str, Source] = {}


def register(source: Source) -> None:
    """Have these cases in the queue."""
    SOURCES[source.key] = source
