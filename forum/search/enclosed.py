"""Where in the documents of an entry the words of a question stand: told only where the entry itself does not have them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from markupsafe import Markup
from sqlalchemy.orm import Session

from forum.entries.public_text import Enclosed
from forum.entries.queries import kind_of
from forum.search import highlight
from forum.search.highlight import Match
from forum.search.port import Hit

if TYPE_CHECKING:
    from forum.search.found import Item

LOOKED_AT = 600_000  # characters of documents in all: a page answers in time whatever hangs on its results
SHOWN = 2  # documents with a result
AROUND = 700  # characters on each side of the best place
NEAR = 160  # characters within which words stand together


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a document, ready for a page."""

    file_id: int
    name: str
    text: Markup


def with_documents(session: Session, items: Iterable["Item"], hits: Sequence[Hit], terms: Collection[str]) -> list["Item"]:
    """The items, and with those that were found by their documents where in these. One query for each kind of such, mostly none."""
    items = list(items)
    marked = {hit.id for hit in hits if hit.enclosed}
    wanted = [item for item in items if item.kind != "person" and item.subject.id in marked]
    if not wanted:
        return items
    found = _passages(_few(session, wanted), {item.subject.id: item for item in wanted}, frozenset(terms))
    return [replace(item, passages=found.get(item.subject.id, ())) if item in wanted else item for item in items]


def _few(session: Session, items: Sequence["Item"]) -> Iterator[Enclosed]:
    """Texts of their documents, until it is enough."""
    room = LOOKED_AT
    for kind in sorted({item.kind for item in items}):
        for one in kind_of(kind).enclosed(session, [item.subject.id for item in items if item.kind == kind]):
            yield one
            room -= len(one.text)
            if room <= 0:
                return


def _passages(texts: Iterable[Enclosed], items: Mapping[int, "Item"], terms: frozenset[str]) -> dict[int, tuple[Passage, ...]]:
    found = {}
    for entry_id, some in groupby(texts, lambda one: one.entry_id):
        text = items[entry_id].text
        own = {match.term for match in highlight.matches(f"{text.title}\n{text.body}", terms)}
        ranked = [(len({match.term for match in own_matches} - own), one, own_matches) for one, own_matches in _matched(some, terms)]
        best = sorted((row for row in ranked if row[0]), key=lambda row: -row[0])[:SHOWN]
        found[entry_id] = tuple(Passage(one.file_id, one.name, passage(one.text, places, terms, own)) for _, one, places in best)
    return found


def _matched(texts: Iterable[Enclosed], terms: frozenset[str]) -> Iterator[tuple[Enclosed, list[Match]]]:
    return ((one, highlight.matches(one.text, terms)) for one in texts)


def passage(text: str, places: Sequence[Match], terms: Collection[str], known: Collection[str] = ()) -> Markup:
    """The place with most different words of the question, those not yet `known` first."""
    best, most, last = places[0], (0, 0), 0
    for first, match in enumerate(places):
        while last < len(places) and places[last].end <= match.start + NEAR:
            last += 1
        near = {one.term for one in places[first : max(last, first + 1)]}
        if (count := (len(near.difference(known)), len(near))) > most:
            best, most = match, count
    start = text.rfind(" ", 0, max(best.start - AROUND, 0)) + 1
    end = text.find(" ", best.end + AROUND)
    return highlight.snippets(text[start : end if end >= 0 else len(text)], terms)
