"""What people are told of: the kinds of telling, the ways each may reach a person, and the one that holds until they choose."""

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """How one is told. What comes by mail stands on the site as well."""

    NOWHERE = "nowhere"
    SITE = "site"
    AT_ONCE = "at_once"
    DIGEST = "digest"

    @property
    def by_mail(self) -> bool:
        return self in (Way.AT_ONCE, Way.DIGEST)


class Rhythm(StrEnum):
    """How often the digest comes: one for all kinds."""

    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of telling. `gathered`: several events about one entry become one line; `only`: those of these kinds, where others
    ask for something or would not be true together. `template` is that of its letters."""

    name: str
    default: Way
    ways: tuple[Way, ...] = tuple(Way)
    gathered: bool = False
    template: str = "told"
    only: tuple[str, ...] = ()

    def gathers(self, event_kind: str) -> bool:
        """Whether an event joins others in one line."""
        return self.gathered and (not self.only or event_kind in self.only)


KINDS = {
    kind.name: kind
    for kind in (
        Kind("reply", Way.AT_ONCE, gathered=True),
        Kind("comment", Way.AT_ONCE, gathered=True),
        Kind("mention", Way.AT_ONCE, gathered=True),
        Kind("followed_comment", Way.DIGEST, gathered=True),
        Kind("followed_practice", Way.DIGEST),
        Kind("adopted", Way.AT_ONCE, gathered=True, template="adopted", only=("adoption.published",)),
        Kind("adoption", Way.AT_ONCE, template="adopted"),
        Kind("adoption_reminder", Way.AT_ONCE, template="adopted"),
        Kind("followed_adoption", Way.DIGEST, template="adopted"),
        Kind("offer", Way.AT_ONCE, gathered=True, template="adopted"),
        Kind("request", Way.AT_ONCE, template="adopted"),
        Kind("request_match", Way.AT_ONCE, gathered=True, template="adopted"),
        Kind("followed_request", Way.DIGEST),
        Kind("search", Way.AT_ONCE, template="search_answered"),
        Kind("confirmation", Way.DIGEST, template="owned"),
        Kind("keeping", Way.DIGEST, template="owned"),
        # That of the week: a pleasure, no errand, so it is worth no letter.
        Kind("chosen", Way.SITE, (Way.NOWHERE, Way.SITE)),
        # Whom a decision concerns must learn of it: the site always says it.
        Kind("moderation", Way.AT_ONCE, (Way.SITE, Way.AT_ONCE), template="moderated"),
    )
}
