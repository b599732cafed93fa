"""From ids of the index to what a person may read: pages and the API ask here, so that an index can't leak."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.accounts.models import Person
from forum.core.actor import GUEST, Actor
from forum.entries.models import Entry
from forum.entries.policy import visible_to
from forum.entries.public_text import PublicText
from forum.search import documents, fields
from forum.search.enclosed import Passage, with_documents
from forum.search.port import Building, Engine, Hit, Query, Results, person_document
from forum.search.query import Field, parse
from forum.search.synonyms import NONE, Synonyms
from forum.search.wordlist import WordList

_ANYTHING = select(select(Entry.id).where(visible_to(GUEST)).exists())
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry or person that was found, with the public words and the score.

    From the shelf (`shelf.Shelf`) entries come as `shelf.Subject`.
    """

    subject: Any
    text: PublicText
    score: float
    passages: Sequence[Passage] = ()  # in its documents, where words of the question stand only there

    @property
    def kind(self) -> str:
        kind: str = getattr(self.subject, "kind", "person")
        return kind


class Items(list[Item]):
    """What is behind hits; `gone`: how many entries, at least, the index has yet that nobody may read any more."""

    gone: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results; `results.total` does not count what has vanished since it was indexed.

    Nor do `facets`: a value that only things gone since could have is nobody's to see.
    """

    results: Results
    items: Sequence[Item] = ()
    filters: Mapping[str, Sequence[str]] | None = None  # those typed in the box included
    typed: Sequence[tuple[Field, Sequence[str]]] = ()  # these, as they stand in the box, with the values they mean
    synonyms: Synonyms = NONE  # that were known


Load = Callable[[Session, Actor, Sequence[Hit]], Items]


def find(session: Session, actor: Actor, engine: Engine, query: Query, known: WordList | None = None, loading: Load | None = None) -> Found:
    """Ask the engine, then load what the actor may read, in the engine's order. `known`: the site's synonyms.

    Raises `Unavailable`, `Building` where nothing is found because the index has yet to be made: that nobody wrote of it would be a lie.

    What is no longer public is left out for everybody: moderators have their queue for it. `loading`: another way than `load`.
    """
    typed = fields.each(session, parse(query.text).fields)
    values = fields.together(typed)
    filters = {name: [*query.filters.get(name, ()), *values.get(name, ())] for name in {**query.filters, **values}}
    synonyms = known.current(session) if known is not None else query.synonyms
    results = engine.search(replace(query, filters=filters, synonyms=synonyms))
    if not results.total and not engine.ready() and session.scalar(_ANYTHING):
        raise Building("no index of this release, or none at all")
    items = (loading or load)(session, actor, results.hits)
    total = results.total - len(results.hits) + len(items)
    shown = Items(with_documents(session, items, results.hits, results.terms))
    shown.gone = items.gone
    return Found(replace(results, total=total, facets=told(results.facets, items.gone)), shown, filters, typed, synonyms)


def told(facets: Counts, gone: int) -> dict[str, dict[str, int]]:
    """Counts that may be shown while some things that are gone are still counted: those that others must have too."""
    return {name: {value: count for value, count in values.items() if count > gone} for name, values in facets.items()}


def load(session: Session, actor: Actor, hits: Sequence[Hit]) -> Items:
    """What is behind the hits, in their order; two queries and what the kinds need, however many there are."""
    public = _entries(session, actor, [hit.id for hit in hits if hit.id > 0])
    public |= _people(session, [-hit.id for hit in hits if hit.id < 0])
    items = Items(Item(*public[hit.id], hit.score) for hit in hits if hit.id in public)
    items.gone = len(hits) - len(items)
    return items


def _entries(session: Session, actor: Actor, ids: Sequence[int]) -> dict[int, tuple[Entry | Person, PublicText]]:
    if not ids:
        return {}
    entries = session.scalars(documents.public_entries().where(Entry.id.in_(ids), visible_to(actor)))
    return {entry.id: (entry, text) for entry in entries if (text := entry.public_text()) is not None}


def _people(session: Session, ids: Iterable[int]) -> dict[int, tuple[Entry | Person, PublicText]]:
    wanted = list(ids)
    if not wanted:
        return {}
    people = session.scalars(documents.public_people().where(Person.id.in_(wanted)))
    return {person_document(person.id): (person, documents.words_of(person)) for person in people}
