"""A town to be near to, and all that is like it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from forum.places.likeness import LIKE, Profile, Tier, likeness, tiers


class Known(dict[str, Profile]):
    """The profiles that municipalities have, by code; and what of them is like which, once it was asked for."""

    def __init__(self, *profiles: Any) -> None:
        super().__init__(*profiles)
        self._tiers: dict[Profile, tuple[Tier, ...]] = {}

    def tiers(self, own: Profile) -> tuple[Tier, ...]:
        """What is like a profile, the most alike first."""
        if own not in self._tiers:
            self._tiers[own] = tiers(own, self)
        return self._tiers[own]


@dataclass(frozen=True)
class Town:
    """A municipality as the reader's own. Two are equal where they are the same one: what is known of others comes with the pages."""

    id: int
    name: str = field(compare=False)
    name_en: str | None = field(compare=False)
    own: Profile = field(compare=False)
    known: Known = field(compare=False)

    @cached_property
    def tiers(self) -> tuple[Tier, ...]:
        """What is like it, the most alike first."""
        return self.known.tiers(self.own)

    @cached_property
    def like(self) -> tuple[str, ...]:
        """Codes of what is like it enough to be «как мой»."""
        return tuple(code for tier in self.tiers if tier.likeness >= LIKE for code in tier.codes)

    def to(self, code: str | None) -> int:
        """How like it a profile is."""
        other = self.known.get(code or "")
        return likeness(self.own, other) if other else 0
