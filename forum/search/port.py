"""The port every search engine stands behind: it takes documents and questions, and gives ids with scores."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

Sort = Literal["fit", "new", "votes", "discussed"]
SORTS: tuple[Sort, ...] = ("fit", "new", "votes", "discussed")

# What results are counted by; `place` and `author` only filter, since they have too many values to list.
COUNTED = ("kind", "region", "nomination", "status", "year", "tag")


class Unavailable(Exception):
    """The engine can't answer now; the site goes on without search."""


@dataclass(frozen=True, slots=True)
class Document:
    """The public words of one entry. `score` are its votes, `comments` how many there are."""

    id: int
    version: int
    kind: str
    title: str
    body: str
    author: str
    published_at: datetime
    score: int = 0
    comments: int = 0
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Query:
    """A question. Values of one filter are alternatives, different filters all hold.

    Without text everything that passes the filters is found.
    """

    text: str = ""
    kinds: Sequence[str] = ()
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: Sort = "fit"
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    id: int
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """What was found. `facets` counts, for each facet, what its values would give with the other filters kept.

    `terms` are the search terms that were looked for, corrections included (for highlighting); `suggestion` is the
    question with its typing errors mended; `loosened` says that a phrase was found nowhere and its words were looked
    for instead.
    """

    total: int = 0
    hits: Sequence[Hit] = ()
    took_ms: float = 0.0
    suggestion: str | None = None
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    terms: frozenset[str] = frozenset()
    loosened: bool = False


class Engine(Protocol):
    """A search engine. Only one process at a time may call `write`, `rebuild` and `tend` (see `indexing.writing`)."""

    def search(self, query: Query) -> Results:
        """Answer; raises `Unavailable`."""

    def write(self, documents: Iterable[Document], removed: Iterable[int] = ()) -> None:
        """Put documents in place of their older versions and take `removed` ids out, in one commit."""

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Build a new index beside the old one from these documents, then put it in place; returns how many."""

    def tend(self) -> bool:
        """Bring what the engine derives from its documents (spelling) up to date where it is stale; whether it did."""

    def versions(self) -> dict[int, int]:
        """The version of every document, by id."""

    def close(self) -> None:
        """Let files go; the next call opens them again."""
