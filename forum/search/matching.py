"""Whether one document answers a question, without an index: for questions that wait until something is published.

Stricter than a search, which ranks whatever has some of the words: here every word must be there.
"""

import hashlib
from collections.abc import Mapping, Sequence

from forum.search import layout
from forum.search.analysis import in_dictionary, token, tokens
from forum.search.port import Document
from forum.search.query import MAX_WORDS, parse
from forum.search.synonyms import NONE, Phrase, Synonyms
from forum.search.whoosh_engine.schema import author_keys, exact_key

Filters = Mapping[str, Sequence[str]]
Word = tuple[Phrase, ...]  # one word of a question: phrases of search terms, one of which must be there with all its terms


class Contents:
    """A document taken apart once, for however many questions: `keys` are its search terms and its values of filters."""

    __slots__ = ("keys", "line")

    def __init__(self, document: Document) -> None:
        terms = [*tokens(document.title), *tokens(document.body)]
        values = {**document.facets, "kind": [document.kind], "author": author_keys(document.author)}
        self.keys = frozenset(terms).union(_facet_key(name, value) for name, some in values.items() for value in some)
        self.line = f" {' '.join(terms)} "

    def has_in_a_row(self, phrase: str) -> bool:
        """Whether the document has the terms of a phrase one after the other; `phrase` as `_line` makes it."""
        return phrase in self.line


class Question:
    """What a person asked. Values of one filter are alternatives, different filters all hold.

    Filters typed in the text (`год:2023`) are not looked at: `fields.resolve` makes `filters` of them. Nor are typing errors
    mended: no vocabulary is at hand. A question without words and filters fits nothing.
    """

    __slots__ = ("_excluded", "_phrases", "_values", "_words")

    def __init__(self, text: str, filters: Filters | None = None, synonyms: Synonyms = NONE) -> None:
        asked = parse(text)
        self._words = _wanted(asked.text, synonyms)
        self._phrases = tuple(map(_line, asked.phrases))
        self._excluded = tuple(map(_line, asked.excluded))
        self._values = tuple(frozenset(_facet_key(name, value) for value in values) for name, values in _held(filters or {}))
        if asked.text.strip() and not self._words:
            self._values = ()  # nothing but stop words or signs: it asks for something that no document can have

    @property
    def asks(self) -> bool:
        """Whether there is anything that it could fit."""
        return bool(self._words or self._values)

    @property
    def needs(self) -> list[frozenset[str]]:
        """Sets of `Contents.keys`: what fits has at least one of each, so that many questions can be passed over at once."""
        return [frozenset(phrase[0] for phrase in word) for word in self._words] + list(self._values)

    def fits(self, document: Document) -> bool:
        """Whether the document has every word (itself or what means the same), every phrase, no excluded one, and the filters' values."""
        return self.answered_by(Contents(document))

    def answered_by(self, contents: Contents) -> bool:
        """The same of a document that was taken apart before."""
        keys = contents.keys
        return (
            self.asks
            and not any(values.isdisjoint(keys) for values in self._values)
            and all(any(keys.issuperset(phrase) for phrase in word) for word in self._words)
            and all(map(contents.has_in_a_row, self._phrases))
            and not any(map(contents.has_in_a_row, self._excluded))
        )


def key_of(text: str, filters: Filters | None = None) -> str:
    """What makes two questions the same, in 64 characters: search terms, phrases, exclusions and filters, in whatever order and form."""
    asked = parse(text)
    parts = [
        sorted(set(tokens(" ".join(asked.words)))),
        sorted(set(map(_line, asked.phrases))),
        sorted(set(map(_line, asked.excluded))),
        [f"{name}={value}" for name, values in sorted(_held(filters or {})) for value in sorted(set(values))],
    ]
    return hashlib.sha256("\n".join("\t".join(part) for part in parts).encode()).hexdigest()


def _held(filters: Filters) -> list[tuple[str, list[str]]]:
    """The filters that are on; authors as they are compared."""
    return [(name, [exact_key(one) for one in values] if name == "author" else list(values)) for name, values in filters.items() if values]


def _facet_key(name: str, value: str) -> str:
    return f"{name}={value}"  # no search term has such a sign


def _line(phrase: str) -> str:
    return f" {' '.join(tokens(phrase))} "


def _wanted(text: str, synonyms: Synonyms) -> tuple[Word, ...]:
    def known(word: str) -> bool:
        return in_dictionary(word) or token(word) in synonyms.terms

    pieces = zip(text.split(), layout.mend(text, known).split(), strict=True)
    words = [word for piece, other in pieces for word in _read(piece, other)][:MAX_WORDS]
    meant = [list(word) for word in words]
    for start, end, same in synonyms.of([word[-1][0] if len(word[-1]) == 1 else "" for word in words]):
        for number in range(start, end):
            meant[number].extend(sorted(same))
    return tuple(map(tuple, meant))


def _read(piece: str, other: str) -> list[Word]:
    """The words of a piece. One that is known in the other keyboard layout only may mean either: it is one word here."""
    typed, meant = tokens(piece), tokens(other)
    if other == piece:
        return [((term,),) for term in typed]
    return [tuple(tuple(terms) for terms in (typed, meant) if terms)] if meant else []
