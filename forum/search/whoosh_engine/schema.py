"""What Whoosh keeps of a document: postings for words and filters, columns for numbers; of the text only its bare words, for reranking."""

from typing import Any

from whoosh.columns import NumericColumn, VarBytesColumn
from whoosh.fields import COLUMN, ID, KEYWORD, Schema
from whoosh.formats import Existence, Frequency

from forum.search.analysis import all_words, count_grams, token, tokens, without_stop_words, words
from forum.search.port import Document
from forum.search.second_opinion import bare

KEPT_WORDS = 2_000  # of a document, for reranking
EXACT = 500  # characters of a title
UNKNOWN_COST = 2**40  # comes after every cost that is known
NUMBERS = ("number", "version", "length", "pieces", "published", "votes", "comments", "adoptions", "cost", "stale")


def _terms(form: Any) -> KEYWORD:
    field = KEYWORD()
    field.format = form
    return field


# Always passed to Whoosh: a schema read back from the index would be unpickled from disk.
SCHEMA = Schema(
    id=ID(unique=True),
    text=_terms(Frequency()),
    places=_terms(Existence()),
    title=_terms(Frequency()),
    enclosed=_terms(Existence()),
    forms=_terms(Existence()),
    heads=_terms(Existence()),
    exact=ID(),
    facet=_terms(Existence()),
    words=COLUMN(VarBytesColumn(write_offsets_cutoff=0)),
    **{name: COLUMN(NumericColumn("q")) for name in NUMBERS},
)


def exact_key(title: str) -> str:
    """By what an exact title is found, whatever its case, stress marks and punctuation."""
    return " ".join(all_words(title))[:EXACT]


def fields(document: Document) -> dict[str, Any]:
    """What is written of a document, by field.

    `places` are where the terms of `text` stand, see `phrases`. `heads` are the words by which a title is completed. `enclosed`
    are the terms that its documents have and it has not.
    """
    whole_title = all_words(document.title)
    title = without_stop_words(whole_title)
    everything = title + words(document.body)
    terms = [token(word) for word in everything]
    values = {**document.facets, "kind": [document.kind], "author": author_keys(document.author)}
    return {
        "id": str(document.id),
        "text": terms,
        "places": terms,
        "title": [token(word) for word in title],
        "enclosed": sorted(set(tokens(document.enclosed)).difference(terms)) if document.enclosed else [],
        "forms": sorted(set(everything)),
        "heads": sorted(set(whole_title)) if document.kind == "practice" else [],
        "exact": " ".join(whole_title)[:EXACT] or None,
        "facet": [f"{name}={value}" for name, some in values.items() for value in dict.fromkeys(some)],
        "words": bare(everything[:KEPT_WORDS]),
        "number": document.id,
        "version": document.version,
        "length": len(everything),
        "pieces": count_grams(everything[:KEPT_WORDS]),
        "published": int(document.published_at.timestamp()),
        "votes": document.score,
        "comments": document.comments,
        "adoptions": document.adoptions,
        "cost": UNKNOWN_COST if document.cost is None else document.cost,
        "stale": int(document.stale),
    }


def author_keys(name: str) -> list[str]:
    """By what authors are filtered: the whole name, and each of its words."""
    return list(dict.fromkeys([exact_key(name), *all_words(name)]))
