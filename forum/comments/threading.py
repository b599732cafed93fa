"""From rows to threads: two levels, deeper answers stand on the second and say whom they answer."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from forum.entries.models import State
from forum.web.paging import Page


class Line(NamedTuple):
    """A comment as it is shown: columns of it, of its author and of their place. For the rules of `policy` it is an entry.

    `author`, `handle`, `position` and the place are empty where the author asked not to be named.
    """

    id: int
    thread_id: int | None
    parent_id: int | None
    author_id: int
    region_code: str | None
    state: str
    note: str | None
    score: int
    created_at: datetime
    published_at: datetime | None
    edited_at: datetime | None
    html: str
    author: str
    handle: str
    position: str
    place: str | None
    place_en: str | None

    @property
    def is_published(self) -> bool:
        return self.state == State.PUBLISHED


@dataclass(frozen=True, slots=True)
class Shown:
    """A comment in its place. `seen`: the reader may read its words; else only a stub stands there.

    `answers` is the comment answered and its author's name, where that is not plain from the place.
    """

    comment: Line
    seen: bool
    answers: tuple[int, str] | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """A top-level comment and its answers in the order of writing; `more` of them are not loaded."""

    top: Shown
    replies: list[Shown]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Discussion:
    """One page of a discussion. `total` counts what guests can read; `thread` is set where a single one is shown."""

    threads: list[Thread]
    page: Page[Line]
    order: str
    total: int
    thread: int | None = None

    @property
    def ids(self) -> list[int]:
        """Ids of all comments on the page, to load the reader's votes by."""
        return [shown.comment.id for thread in self.threads for shown in (thread.top, *thread.replies)]


def gather(
    tops: Sequence[Line], replies: Iterable[Line], seen: Set[int], names: Mapping[int, str], totals: Mapping[int, int]
) -> list[Thread]:
    """Put answers under their threads.

    An answer to the thread's first comment needs no address; one to another answer names it, while its author may be named.
    """
    under: dict[int, list[Shown]] = {top.id: [] for top in tops}
    for reply in replies:
        thread, parent = reply.thread_id, reply.parent_id
        if thread in under:
            answers = (parent, names[parent]) if parent is not None and parent != thread and parent in names else None
            under[thread].append(Shown(reply, reply.id in seen, answers))
    return [Thread(Shown(top, top.id in seen), under[top.id], max(totals.get(top.id, 0) - len(under[top.id]), 0)) for top in tops]
