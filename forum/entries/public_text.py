"""What a search engine may know of an entry."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PublicText:
    """The public words of an entry and the values it can be filtered by (all as strings)."""

    title: str
    body: str
    author: str
    published_at: datetime
    score: int
    facets: dict[str, list[str]] = field(default_factory=dict)
