"""Finding what people keep."""

from collections.abc import Iterable

from sqlalchemy import Select, select

from forum.core.actor import Actor
from forum.core.events import Event
from forum.saved_searches.models import SavedSearch


def newest(person_id: int) -> Select[SavedSearch]:
    """A person's own, the last saved first."""
    return select(SavedSearch).where(SavedSearch.person_id == person_id).order_by(SavedSearch.created_at.desc(), SavedSearch.id.desc())


def by_id(id: int, actor: Actor) -> Select[SavedSearch]:
    """One of the actor's own."""
    return select(SavedSearch).where(SavedSearch.id == id, SavedSearch.person_id == actor.id)


def by_key(key: str, actor: Actor) -> Select[SavedSearch]:
    """The actor's own that asks just that."""
    return select(SavedSearch).where(SavedSearch.key == key, SavedSearch.person_id == actor.id)


def keys_among(keys: Iterable[str], actor: Actor) -> Select[str]:
    """Those of the keys that the actor's own have."""
    return select(SavedSearch.key).where(SavedSearch.person_id == actor.id, SavedSearch.key.in_(list(keys)))


def among(ids: Iterable[int]) -> Select[SavedSearch]:
    """Those of the ids that are still kept."""
    return select(SavedSearch).where(SavedSearch.id.in_(list(ids)))


def told_of(event: Event) -> Select[SavedSearch]:
    """The search that an event tells of, while it is kept."""
    return same(event.data.get("search_id", 0), event.data.get("key", ""))


def same(id: int, key: str) -> Select[SavedSearch]:
    """A search by its number and what it asks for: the number alone may have gone to another since."""
    return select(SavedSearch).where(SavedSearch.id == id, SavedSearch.key == key)
