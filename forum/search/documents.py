"""What the index may know: the documents of entries and people, and which there must be."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from forum.accounts.models import Person
from forum.core.actor import GUEST
from forum.entries.models import Entry
from forum.entries.policy import visible_to
from forum.entries.public_text import PublicText
from forum.entries.queries import kind_of
from forum.places.models import Municipality
from forum.search.port import Document, person_document

MOST_ENCLOSED = 400_000  # characters of documents with one entry: whoever has more is found by the first


def indexed_kinds() -> list[type[Entry]]:
    """The kinds of entries that say something public."""
    return [mapper.class_ for mapper in Entry.__mapper__.self_and_descendants if mapper.class_.public_text is not Entry.public_text]


@cache
def public_entries() -> Select[Entry]:
    """Entries with all that their `public_text` needs."""
    loads = [option for kind in indexed_kinds() for option in kind.public_loads()]
    return select(Entry).options(_signed(Entry), selectinload(Entry.root), *loads)


@cache
def public_of(kind: str) -> Select[Entry]:
    """The same of one kind, for a query less; the caller sees to their roots."""
    entity: Any = kind_of(kind)
    return select(entity).options(_signed(entity), *entity.public_loads())


def _signed(entity: Any) -> Any:
    """The author as others see them: a person has many columns."""
    return joinedload(entity.author).load_only(Person.name, Person.handle)


def public_people() -> Select[Person]:
    """People with a public face, with their places: who never confirmed an address has none."""
    return select(Person).where(has_public_face()).options(joinedload(Person.municipality).joinedload(Municipality.region))


def has_public_face() -> ColumnElement[bool]:
    """Whom search may name."""
    return Person.confirmed_at.is_not(None)


def of_entry(entry: Entry, enclosed: str = "") -> Document | None:
    """What the index may know of an entry, with the words of its documents; None when it must not have it."""
    text = entry.public_text()
    if text is None:
        return None
    cost = text.figures.per_resident
    return Document(
        id=entry.id,
        version=entry.version,
        kind=entry.kind,
        title=text.title,
        body=text.body,
        author=text.author,
        published_at=text.published_at,
        score=text.score,
        comments=entry.comments_count,
        adoptions=text.adoptions[0],
        cost=None if cost is None else round(cost),
        stale=text.stale,
        facets=text.facets,
        enclosed=enclosed,
    )


def of_entries(session: Session, entries: Sequence[Entry]) -> list[Document]:
    """The same of several, their documents looked up together."""
    texts: defaultdict[int, list[str]] = defaultdict(list)
    room = dict.fromkeys([entry.id for entry in entries], MOST_ENCLOSED)
    for kind in {type(entry) for entry in entries}:
        for one in kind.enclosed(session, [entry.id for entry in entries if type(entry) is kind and entry.is_published]):
            texts[one.entry_id].append(one.text[: room[one.entry_id]])
            room[one.entry_id] -= len(texts[one.entry_id][-1])
    found = (of_entry(entry, "\n".join(texts[entry.id])) for entry in entries)
    return [one for one in found if one is not None]


def words_of(person: Person) -> PublicText:
    """What search says of a person: name, position and place."""
    town = person.municipality
    place = f"{town.name}, {town.region.name}" if town else ""
    return PublicText(
        person.name,
        "\n".join(filter(None, [person.position, place])),
        person.name,
        person.created_at,
        score=0,
        facets={"kind": ["person"], **({"region": [town.region_code], "district": [town.region.district]} if town else {})},
        summary=person.position,
        municipality=town,
    )


def of_person(person: Person) -> Document:
    """What the index knows of a person."""
    text = words_of(person)
    return Document(
        id=person_document(person.id),
        version=_person_version(person.name, person.position, person.municipality_id),
        kind="person",
        title=text.title,
        body=text.body,
        author=text.author,
        published_at=text.published_at,
        facets=text.facets,
    )


def _person_version(*words: object) -> int:
    """People carry no version of their own: a checksum of what search says of them does as well."""
    return zlib.crc32("\n".join(map(str, words)).encode())


def load(session: Session, ids: Iterable[int]) -> list[Document]:
    """The documents of these ids, as far as there must be such."""
    wanted = set(ids)
    entries, people = {one for one in wanted if one > 0}, {-one for one in wanted if one < 0}
    documents = of_entries(session, session.scalars(public_entries().where(Entry.id.in_(entries))).all()) if entries else []
    if people:
        documents += map(of_person, session.scalars(public_people().where(Person.id.in_(people))))
    return documents


def entries_after(session: Session, last: int, limit: int) -> tuple[list[Document], int, int]:
    """Documents of the next entries after an id, the last id looked at, and how many were."""
    query = public_entries().where(visible_to(GUEST), Entry.id > last).order_by(Entry.id).limit(limit)
    entries = session.scalars(query).all()
    return of_entries(session, entries), entries[-1].id if entries else last, len(entries)


def people_after(session: Session, last: int, limit: int) -> tuple[list[Document], int, int]:
    """The same of people, by their own ids."""
    people = session.scalars(public_people().where(Person.id > last).order_by(Person.id).limit(limit)).all()
    return [of_person(person) for person in people], people[-1].id if people else last, len(people)


def total(session: Session) -> int:
    """How many entries and people a rebuild looks at."""
    counts = (
        select(func.count()).select_from(Entry).where(visible_to(GUEST)),
        select(func.count()).select_from(Person).where(has_public_face()),
    )
    return sum(session.scalar(query) or 0 for query in counts)


def versions(session: Session) -> dict[int, int]:
    """The version of every document that must be in the index, by id."""
    return dict(_versions(session))


def _versions(session: Session) -> Iterator[tuple[int, int]]:
    kinds = [kind.__mapper__.polymorphic_identity for kind in indexed_kinds()]
    for row in session.execute(select(Entry.id, Entry.version).where(visible_to(GUEST), Entry.kind.in_(kinds))):
        yield row.id, row.version
    people = select(Person.id, Person.name, Person.position, Person.municipality_id).where(has_public_face())
    for id, name, position, municipality_id in session.execute(people):
        yield person_document(id), _person_version(name, position, municipality_id)
