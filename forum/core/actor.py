"""Who acts. A guest and the system are actors too, so that nobody has to ask for `None`."""

from dataclasses import dataclass

from forum.core.level import Level

EVERYWHERE: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """One who reads or acts: what rules need to know about a person, and no more.

    `regions` is the scope of a moderator: codes of regions, or `None` for the whole site.
    """

    id: int | None = None
    name: str = ""
    handle: str = ""
    role: str = "guest"
    municipality_id: int | None = None
    works_at: int | None = None  # the same, where it is proved: what belongs to that municipality is theirs too
    inherits: frozenset[int] = frozenset()  # municipalities that became the one they work at
    region_code: str | None = None
    regions: frozenset[str] | None = EVERYWHERE
    trusted: bool = False  # what they write appears at once
    level: Level = Level.NEWCOMER
    confirmed: bool = False
    suspended: bool = False
    silenced: bool = False  # writes no comments
    warned: bool = False  # has not said yet that they have read a warning

    @property
    def works_for(self) -> frozenset[int]:
        """The municipalities whose affairs are theirs: the one they work at, and those it came of."""
        return frozenset() if self.works_at is None else self.inherits | {self.works_at}

    @property
    def is_guest(self) -> bool:
        return self.role == "guest"

    @property
    def is_admin(self) -> bool:
        return self.role in ("admin", "system")

    @property
    def is_moderator(self) -> bool:
        """Whether the actor moderates anything at all; `moderates` asks for a place."""
        return self.role in ("moderator", "admin", "system")

    @property
    def may_write(self) -> bool:
        """Members with a confirmed address, no suspension in force and no warning unread."""
        return not self.is_guest and self.confirmed and not self.suspended and not self.warned

    def moderates(self, region_code: str | None) -> bool:
        """Whether things of this region are within the actor's scope."""
        if not self.is_moderator or self.suspended:
            return False
        return self.regions is None or region_code in self.regions


GUEST = Actor()
SYSTEM = Actor(name="system", role="system", trusted=True, level=Level.TRUSTED, confirmed=True)
