"""From a document to its rows."""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from struct import pack

from forum.core.text import fit
from forum.search.analysis import all_words, count_grams, token, tokens, without_stop_words, words
from forum.search.port import COUNTED, Document
from forum.search.postgres_engine import lexemes
from forum.search.spelling import keys, worth_keys
from forum.search.whoosh_engine.schema import KEPT_WORDS, UNKNOWN_COST, author_keys, exact_key

COLUMNS = (
    "id", "version", "published", "cost", "exact", "votes", "comments", "adoptions", "stale", "length", "pieces",
    "facets", "counted", "kind", "terms", "heads", "forms", "words",
)  # fmt: skip
MOST_VALUES = 200  # of a document's filters: a row must fit a page
LONGEST_VALUE = 500  # characters: longer ones do not fit an index

Label = tuple[str, str]  # a facet and one of its values


@dataclass(frozen=True, slots=True)
class Row:
    """A document as the tables keep it; its labels have no numbers yet."""

    numbers: tuple[int, ...]
    labels: list[Label]
    rest: tuple[str, ...]
    terms: frozenset[str]
    forms: list[str]
    length: int
    pieces: int

    def values(self, codes: Mapping[Label, int]) -> tuple[object, ...]:
        """In the order of `COLUMNS`."""
        counted = [codes[label] for label in self.labels if label[0] in COUNTED]
        return (*self.numbers, _array(codes[label] for label in self.labels), pack(f"<{len(counted)}i", *counted), *self.rest)


def row(document: Document) -> Row:
    """What the tables keep of a document."""
    whole_title = all_words(document.title)
    title = without_stop_words(whole_title)
    everything = title + words(document.body)
    terms = lexemes.marked([token(word) for word in everything], map(token, title), tokens(document.enclosed))
    forms = sorted(set(everything))
    some = everything[:KEPT_WORDS]
    length, pieces = len(everything), count_grams(some)
    heads = whole_title if document.kind == "practice" else []
    cost = UNKNOWN_COST if document.cost is None else document.cost
    return Row(
        (
            document.id, document.version, int(document.published_at.timestamp()), cost, title_code(document.title),
            document.score, document.comments, document.adoptions, int(document.stale), length, pieces,
        ),
        _labels(document)[:MOST_VALUES],
        (
            document.kind, lexemes.vector(terms), lexemes.vector(dict.fromkeys(heads, ())),
            _array(f'"{form}"' for form in forms), f" {' '.join(some)} ",
        ),
        frozenset(map(lexemes.term_of, terms)), forms, length, pieces,
    )  # fmt: skip


def _labels(document: Document) -> list[Label]:
    values = {**document.facets, "kind": [document.kind], "author": author_keys(document.author)}
    return list(dict.fromkeys((facet, kept(one)) for facet, some in values.items() for one in some))


def kept(value: str) -> str:
    """A value of a filter as the tables can hold it."""
    return fit(value)[:LONGEST_VALUE]


def title_code(title: str) -> int:
    """A number for a title as `exact_key` reads it; 0 for none."""
    key = exact_key(title)
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True) if key else 0


def numbers_of(some: Iterable[str]) -> set[int]:
    """Keys by which misspelt words are found, as the tables keep them."""
    return {zlib.crc32(key.encode()) - 2**31 for key in some}


def form_row(form: str, documents: int) -> tuple[str, int, str]:
    """A known word as `forms` takes it."""
    return form, documents, _array(numbers_of(keys(form)) if worth_keys(form) else ())


def _array(values: Iterable[object]) -> str:
    """An array as PostgreSQL writes it; the driver would take much longer over each."""
    return f"{{{','.join(map(str, values))}}}"
