"""What a search engine may know of an entry, and what a result shows of it."""

from dataclasses import dataclass, field
from datetime import datetime

from forum.places.models import Municipality
from forum.places.plain import PlainTown


@dataclass(frozen=True, slots=True)
class Figures:
    """The few numbers of a result: roubles per resident, and by how much the main indicator changed (per cent or points)."""

    per_resident: float | None = None
    indicator: str = ""
    change: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class PublicText:
    """The public words of an entry and the values it can be filtered by (all as strings)."""

    title: str
    body: str
    author: str
    published_at: datetime
    score: int
    facets: dict[str, list[str]] = field(default_factory=dict)
    summary: str = ""
    municipality: Municipality | PlainTown | None = None  # with its region
    figures: Figures = Figures()
    adoptions: tuple[int, int] = (0, 0)  # towns where it has worked, and towns that are at it
    stale: bool = False  # nobody has confirmed for long that it is still true


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The words of a document that belongs to an entry."""

    entry_id: int
    file_id: int
    name: str
    text: str
