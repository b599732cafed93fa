"""What is asked of words on their way to the public. Features above, which know what to look for, register how."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sqlalchemy.orm import Session

from forum.core.actor import Actor

if TYPE_CHECKING:
    from forum.entries.models.entry import Entry

# In `Session.info` of a request whose writing is counted (FORUM_RATE_LIMITS); imports and commands are not.
COUNTED = "counted"


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a moderator should look first: a kind, and which word, domain or entry it is."""

    kind: str
    detail: str = ""


class Screen(Protocol):
    """Looks at an entry before it becomes public, and remembers afterwards; `again`: its words were changed by the author."""

    def look(self, session: Session, entry: "Entry", by: Actor, again: bool) -> list[Finding]:
        """What was found; raises Refused where the entry can't be taken at all. The entry may have no number yet."""
        ...

    def keep(self, session: Session, entry: "Entry", by: Actor, found: list[Finding], again: bool) -> None:
        """The entry is public now, or waits because of what was found."""
        ...


SCREENS: list[Screen] = []


def look(session: Session, entry: "Entry", by: Actor, again: bool = False) -> list[Finding]:
    """All that the screens find."""
    return [finding for screen in SCREENS for finding in screen.look(session, entry, by, again)]


def keep(session: Session, entry: "Entry", by: Actor, found: list[Finding], again: bool = False) -> None:
    """Have each screen remember."""
    for screen in SCREENS:
        screen.keep(session, entry, by, found, again)
