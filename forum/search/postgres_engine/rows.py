"""From a document to its rows."""

import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from forum.core.text import fit
from forum.search.analysis import all_words, grams, token, words
from forum.search.port import COUNTED, Document
from forum.search.postgres_engine import lexemes
from forum.search.spelling import keys, worth_keys
from forum.search.whoosh_engine.schema import KEPT_WORDS, UNKNOWN_COST, author_keys, exact_key

COLUMNS = (
    "id", "version", "published", "cost", "exact", "votes", "comments", "length", "pieces",
    "facets", "names", "kind", "terms", "heads", "forms", "words",
)  # fmt: skip
MOST_VALUES = 200  # of a document's filters: a row must fit a page


@dataclass(frozen=True, slots=True)
class Row:
    """A document as `documents` takes it (in the order of `COLUMNS`), and what is counted of it elsewhere."""

    values: tuple[object, ...]
    labels: dict[int, tuple[str, str]]
    terms: frozenset[str]
    forms: list[str]
    length: int
    pieces: int


def row(document: Document) -> Row:
    """What the tables keep of a document."""
    title, body = words(document.title), words(document.body)
    everything = title + body
    terms = [token(word) for word in everything]
    forms = sorted(set(everything))
    kept = everything[:KEPT_WORDS]
    length, pieces = len(everything), len(grams(kept))
    heads = all_words(document.title) if document.kind == "practice" else []
    values = {**document.facets, "kind": [document.kind], "author": author_keys(document.author)}
    labels = {code(name, one): (name, fit(one)) for name in COUNTED for one in values.get(name, ())}
    names = [code(name, one) for name, some in values.items() if name not in COUNTED for one in dict.fromkeys(some)]
    cost = UNKNOWN_COST if document.cost is None else document.cost
    return Row(
        (
            document.id, document.version, int(document.published_at.timestamp()), cost, title_code(document.title),
            document.score, document.comments, length, pieces,
            list(labels)[:MOST_VALUES], names[:MOST_VALUES], document.kind,
            lexemes.vector(terms, map(token, title)), lexemes.simple(heads), forms, f" {' '.join(kept)} ",
        ),
        labels, frozenset(terms), forms, length, pieces,
    )  # fmt: skip


def code(facet: str, value: str) -> int:
    """A number for a value of a filter: the same everywhere, so that nobody has to look it up."""
    return _number(f"{facet}={value}")


def title_code(title: str) -> int:
    """A number for a title as `exact_key` reads it; 0 for none."""
    key = exact_key(title)
    return _number(key) if key else 0


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def spelling_keys(words: Iterable[str]) -> list[int]:
    """By what misspelt words are found, as numbers."""
    return list({zlib.crc32(key.encode()) - 2**31 for word in words for key in keys(word)})


def form_row(form: str, documents: int) -> tuple[str, int, list[int]]:
    """A known word as `forms` takes it."""
    return form, documents, spelling_keys([form]) if worth_keys(form) else []
