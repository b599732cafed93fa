"""From ids of the index to entries a person may read: pages and the API ask here, so that an index can't leak."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from forum.core.actor import Actor
from forum.entries.models import Entry
from forum.entries.policy import visible_to
from forum.entries.public_text import PublicText
from forum.search.indexing import public_entries
from forum.search.port import Engine, Query, Results


@dataclass(frozen=True, slots=True)
class Item:
    """One entry that was found, with its public words and its score."""

    entry: Entry
    text: PublicText
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results; `results.total` does not count what has vanished since it was indexed."""

    results: Results
    items: Sequence[Item] = ()


def find(session: Session, actor: Actor, engine: Engine, query: Query) -> Found:
    """Ask the engine, then load what the actor may read, in the engine's order; raises `Unavailable`.

    What is no longer public is left out for everybody: moderators have their queue for it.
    """
    results = engine.search(query)
    ids = [hit.id for hit in results.hits]
    entries = session.scalars(public_entries().where(Entry.id.in_(ids), visible_to(actor))) if ids else ()
    public = {entry.id: (entry, text) for entry in entries if (text := entry.public_text()) is not None}
    items = [Item(*public[hit.id], hit.score) for hit in results.hits if hit.id in public]
    return Found(replace(results, total=results.total - len(ids) + len(items)), items)
