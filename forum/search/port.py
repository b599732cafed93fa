"""The port every search engine stands behind: it takes documents and questions, and gives ids with scores."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

from forum.search.synonyms import NONE, Synonyms

Sort = Literal["fit", "new", "votes", "discussed", "adopted", "cost", "near"]
SORTS: tuple[Sort, ...] = ("fit", "new", "votes", "discussed", "adopted", "cost", "near")

# What results are counted by; `place`, `profile` and `author` only filter, since they have too many values to list.
COUNTED = ("kind", "region", "district", "nomination", "status", "year", "tag", "category", "cost", "population", "adopted", "obstacle")


class Unavailable(Exception):
    """The engine can't answer now; the site goes on without search."""


class Building(Unavailable):
    """There is no index yet that this release can read: it is being made, or soon will be."""


@dataclass(frozen=True, slots=True)
class Document:
    """The public words of one entry or person.

    `id` is the entry's, of a person the negative of theirs (`person_document`): one row of numbers for both. `score` are
    votes, `comments` how many there are, `adoptions` in how many towns it has worked, `cost` roubles per resident where they are known.
    `enclosed` are the words of documents that belong to the entry: they find it, but tell less of it than its own.
    `stale`: nobody has confirmed for long that it is still true.
    """

    id: int
    version: int
    kind: str
    title: str
    body: str
    author: str
    published_at: datetime
    score: int = 0
    comments: int = 0
    adoptions: int = 0
    cost: int | None = None
    stale: bool = False
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    enclosed: str = ""


def person_document(person_id: int) -> int:
    """The id of the document about a person."""
    return -person_id


@dataclass(frozen=True, slots=True)
class Query:
    """A question. Values of one filter are alternatives, different filters all hold.

    Without text everything that passes the filters is found. Filters typed in the text (`год:2023`) are no business of
    the engine: `found.find` has turned them into `filters`. `near` is what the order `near` goes by: values of the facet
    `profile`, the nearest first, those of one rank together; documents of other profiles come last.
    """

    text: str = ""
    kinds: Sequence[str] = ()
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: Sort = "fit"
    limit: int = 20
    offset: int = 0
    synonyms: Synonyms = NONE
    near: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """`enclosed`: some term of the question stands in its documents only."""

    id: int
    score: float
    enclosed: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """What was found. `facets` counts, for each facet, what its values would give with the other filters kept.

    `terms` are the search terms that were looked for, corrections and synonyms included (for highlighting); `suggestion`
    is the question with its typing errors mended; `loosened` says that a phrase was found nowhere and its words were
    looked for instead. `coverage` is the share of the question (by the weight of its words, 0–1) that the best document
    has, filters aside: a low one means that nobody has written of it yet.
    """

    total: int = 0
    hits: Sequence[Hit] = ()
    took_ms: float = 0.0
    suggestion: str | None = None
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    terms: frozenset[str] = frozenset()
    loosened: bool = False
    coverage: float = 0.0


class Engine(Protocol):
    """A search engine. Only one process at a time may call `write`, `rebuild` and `tend` (see `indexing.writing`)."""

    def search(self, query: Query) -> Results:
        """Answer; raises `Unavailable`."""

    def similar(self, title: str, body: str, but: int | None = None, limit: int = 5) -> Sequence[Hit]:
        """Practices most like a text, the document `but` left out; scores are shares of the text's own, 0–1. Raises `Unavailable`."""

    def complete(self, text: str, limit: int = 8) -> Sequence[int]:
        """Practices whose titles have all words of a text, the last of them perhaps cut short; raises `Unavailable`.

        First those whose title begins so, then by votes.
        """

    def begun(self, beginnings: Sequence[str]) -> Mapping[str, int]:
        """Of these beginnings those with which words of practices' titles begin, each with about how often; raises `Unavailable`."""

    def prepare(self) -> None:
        """Read what most questions need, for a process that has yet to be asked; raises `Unavailable`."""

    def write(self, documents: Iterable[Document], removed: Iterable[int] = ()) -> None:
        """Put documents in place of their older versions and take `removed` ids out, in one commit."""

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Build a new index beside the old one from these documents, then put it in place; returns how many."""

    def tend(self) -> bool:
        """Bring what the engine derives from its documents (spelling) up to date where it is stale; whether it did."""

    def ready(self) -> bool:
        """Whether there is an index to search in, of this release; where not, it wants a `rebuild`."""

    def versions(self) -> dict[int, int]:
        """The version of every document, by id."""

    def close(self) -> None:
        """Let files go; the next call opens them again."""
