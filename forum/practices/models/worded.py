"""What search and results show of a practice."""

from typing import TYPE_CHECKING, Any

from forum.core.text import plain_html
from forum.entries.public_text import Figures, PublicText
from forum.places import bands
from forum.practices.models.status import Status

# Written in Markdown, in the order of the card.
SECTIONS = ("problem", "goals", "solution", "results", "participation", "lessons", "would_help", "replication")


class Worded:
    """For the card, and for what was read of it past the unit of work (`bare.Bare`)."""

    if TYPE_CHECKING:
        kind: Any
        title: Any
        summary: Any
        status: Any
        region: Any
        nomination_id: Any
        municipality_id: Any
        year: Any
        html: Any
        steps: Any
        resources: Any
        indicators: Any
        obstacles: Any
        score: Any
        published_at: Any
        list_adoptions: Any
        open_adoptions: Any
        profile: Any
        stale: Any
        municipality: Any
        tags: Any

        @property
        def is_published(self) -> bool: ...
        @property
        def signature(self) -> str: ...
        @property
        def total(self) -> int | None: ...

    @property
    def per_resident(self) -> float | None:
        """Roubles of the total per resident of the municipality (`municipality` must be loaded)."""
        total, population = self.total, self.municipality.population if self.municipality else None
        return total / population if total is not None and population else None

    def public_text(self) -> PublicText | None:
        """What search may know, or None while guests can't read it."""
        if not self.is_published or self.published_at is None:
            return None
        town, cost = self.municipality, self.per_resident
        place = f"{town.name}, {town.region.name}" if town else ""
        rows = [step.what for step in self.steps] + [row.what for row in self.resources] + [row.name for row in self.indicators]
        # All at once: taking markup off text by text costs three times as much.
        sections = plain_html("\n".join(filter(None, map(self.html.get, SECTIONS))))
        main = next((row for row in self.indicators if row.change is not None), None)
        body = "\n".join(filter(None, [self.summary, sections, *rows, place, " ".join(tag.name for tag in self.tags)]))
        return PublicText(
            self.title,
            body,
            self.signature,
            self.published_at,
            self.score,
            facets=self._facets(town, cost),
            summary=self.summary,
            municipality=town,
            stale=self.stale,
            figures=Figures(cost, main.name, main.change, main.unit) if main else Figures(cost),
            adoptions=(self.list_adoptions or 0, self.open_adoptions or 0),
        )

    def _facets(self, town: Any, cost: float | None) -> dict[str, list[str]]:
        values: dict[str, Any] = {
            "kind": self.kind,
            "region": self.region,
            "district": town.region.district if town else None,
            "nomination": self.nomination_id,
            "status": self.status,
            "year": self.year,
            "category": town.category if town else None,
            "population": bands.band(town.population, bands.POPULATIONS) if town else None,
            "cost": bands.band(cost, bands.COSTS),
            "place": self.municipality_id,
            "adopted": "yes" if self.list_adoptions else None,
            "profile": self.profile,
        }
        several = {"tag": [tag.slug for tag in self.tags], "obstacle": self.obstacles if self.status == Status.FAILED else []}
        return {name: [str(value)] if value else [] for name, value in values.items()} | several
