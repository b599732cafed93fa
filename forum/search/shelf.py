"""The public words of entries, kept by the process from page to page: drawing results reads only what may have changed.

Words belong to a version of their entry, and every change of words or state makes a new one. What changes without it (votes,
answers, the author's name, whether it is public at all) is read each time, as are the words of kinds that borrow some of another
entry; names of places and tags after some minutes.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from time import monotonic
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, not_, select
from sqlalchemy.orm import Session, aliased

from forum.accounts.models import Person
from forum.core.actor import GUEST, Actor
from forum.entries.models import Entry
from forum.entries.models.naming import name_of
from forum.entries.policy import visible_to
from forum.entries.public_text import PublicText
from forum.entries.queries import kind_of
from forum.places.plain import plain
from forum.search import documents, found
from forum.search.found import Item, Items
from forum.search.models import Queued
from forum.search.port import Hit
from forum.web.kept import Kept

LIMIT = 2_500_000  # characters: some 6 MB, and a thousand practices
MINUTES = 10
SHARED = 4_096

# How many of the entries that the indexer has yet to look at were public and are no more; no more rows are looked at than these.
_QUEUE = 2_000
_queued = select(Queued.document_id).order_by(Queued.id).limit(_QUEUE).subquery()
_GONE = (
    select(func.count(Entry.id.distinct()))
    .where(Entry.id.in_(select(_queued.c.document_id)), Entry.published_at.is_not(None), not_(visible_to(GUEST)))
    .correlate(None)
    .scalar_subquery()
)  # fmt: skip

_root = aliased(Entry.__table__)
_entry = Entry.__table__.c
_LIGHT: Select[Any] = (
    select(
        *(_entry[name] for name in ("id", "kind", "version", "score", "comments_count", "published_at", "root_id")),
        _root.c.kind.label("root_kind"), _root.c.version.label("root_version"),
        name_of(Person.name, _entry.anonymous).label("name"), name_of(Person.handle, _entry.anonymous).label("handle"), _GONE.label("gone"),
    )
    .select_from(Entry.__table__.join(Person.__table__, Person.id == _entry.author_id).outerjoin(_root, _root.c.id == _entry.root_id))
    .where(_entry.id.in_(bindparam("ids", expanding=True)), visible_to(GUEST))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subject:
    """What results need of an entry beside its words; `handle` is the author's, `root` what it is about."""

    id: int
    kind: str
    headline: str
    slug: str | None = None
    external_id: str | None = None
    handle: str = ""
    comments_count: int = 0
    root: "Subject | None" = None


Words = tuple[Subject, PublicText]


class Shelf:
    """One a process; safe for threads, since what stands on it never changes."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._kept: Kept[Words] = Kept(limit)

    def load(self, session: Session, actor: Actor, hits: Sequence[Hit]) -> Items:
        """As `found.load`: what everybody may read, in the order of the hits."""
        rows = {row.id: row for row in session.execute(_LIGHT, {"ids": [hit.id for hit in hits if hit.id > 0]})}
        words = self._words(session, rows.values())
        people = {-item.subject.id: item for item in found.load(session, actor, [hit for hit in hits if hit.id < 0])}
        loaded = (_item(rows[hit.id], words, hit) if hit.id in rows else people.get(hit.id) for hit in hits)
        items = Items(item for item in loaded if item is not None)
        some = next(iter(rows.values()), None)
        items.gone = some.gone if some else session.scalar(select(_GONE)) or 0
        return items

    def _words(self, session: Session, rows: Collection[Row[Any]]) -> dict[int, Words]:
        """By id, those of the roots included."""
        age = int(monotonic()) // (60 * MINUTES)
        versions = {row.id: row.version for row in rows} | {row.root_id: row.root_version for row in rows if row.root_id}
        known = {id: self._kept.get((id, version, age)) for id, version in versions.items()}
        missing = {id for id, words in known.items() if words is None}
        roots = {row.root_id for row in rows if row.root_id and row.id in missing}
        missing |= roots
        kinds = {row.id: row.kind for row in rows} | {row.root_id: row.root_kind for row in rows if row.root_id}
        for id, words in _read(session, {id: kinds[id] for id in missing}, roots).items():
            known[id] = words
            if not kind_of(kinds[id]).borrows_words:
                self._kept.put((id, versions[id], age), words, len(words[1].body))
        return {id: words for id, words in known.items() if words is not None}


@cache
def _of_kind(kind: str) -> Select[Any]:
    return documents.public_of(kind).where(Entry.id.in_(bindparam("ids", expanding=True)))


def _item(row: Row[Any], words: dict[int, Words], hit: Hit) -> Item | None:
    if row.id not in words:
        return None
    subject, text = words[row.id]
    root = words[row.root_id][0] if row.root_id in words else None
    subject = replace(subject, handle=row.handle, comments_count=row.comments_count, root=root)
    return Item(subject, replace(text, author=row.name, score=row.score), hit.score)


def _read(session: Session, kinds: Mapping[int, str], roots: Collection[int]) -> dict[int, Words]:
    """The words of entries of these kinds; `roots` with what stands under them in one go: so nothing asks for a root on its own."""
    entries: list[Any] = []
    for kind in sorted(set(kinds.values())):
        ids = [id for id, own in kinds.items() if own == kind]
        bare = kind_of(kind).bare(session, [id for id in ids if id not in roots])
        entries += bare or ()
        if left := ids if bare is None else [id for id in ids if id in roots]:
            entries += session.scalars(_of_kind(kind), {"ids": left})
    texts = ((entry, entry.public_text()) for entry in entries)
    return {entry.id: (_subject(entry), _kept(text)) for entry, text in texts if text is not None}


def _kept(text: PublicText) -> PublicText:
    """The text as it outlives its session; values that many have are the same objects."""
    facets = {name: _shared(*values) for name, values in text.facets.items()}
    return replace(text, municipality=plain(text.municipality), facets=facets)


@lru_cache(SHARED)
def _shared(*values: str) -> list[str]:
    return list(values)


def _subject(entry: Any) -> Subject:
    return Subject(entry.id, entry.kind, entry.headline, slug=getattr(entry, "slug", None), external_id=getattr(entry, "external_id", None))
