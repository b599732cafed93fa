"""Search terms as PostgreSQL keeps them: each lexeme says how often its document has the term.

A GIN index knows which documents have a lexeme, not how often; to ask the documents themselves would mean to unpack every
match. So the count is a part of the lexeme («двор/c»: three times), and BM25 is exact from the index alone – but for
large counts, which share a lexeme and hardly differ in what they add. A term that stands in the documents of an entry alone has a
lexeme of its own («двор/0»), without places.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from forum.search.ranking import ENCLOSED, TITLE

COUNTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 19, 25, 35, 50)  # what each mark counts for
MARKS = "abcdefghijklmnop"
ENCLOSED_MARK = "0"
_ENDS = [(low + high) / 2 for low, high in zip(COUNTS, COUNTS[1:], strict=False)]

LAST_POSITION, MOST_POSITIONS = 16_383, 255  # what a tsvector can hold; words beyond are found, but not in phrases
LARGEST = 1_000_000  # bytes of a tsvector, a little less than it can hold


def marked(everything: Sequence[str], title: Iterable[str], enclosed: Iterable[str] = ()) -> dict[str, list[int]]:
    """The lexemes of an entry and their places, from its search terms in order, those of the title among them, and its documents'."""
    counts, more = Counter(everything), Counter(title)
    places: dict[str, list[int]] = {term: [] for term in counts}
    for place, term in enumerate(everything[:LAST_POSITION], 1):
        if len(places[term]) < MOST_POSITIONS:
            places[term].append(place)
    found, size = {}, 0
    for term, own in places.items():
        size += len(term.encode()) + 8 + 2 * len(own)
        if size > LARGEST:
            break
        found[f"{term}/{_mark(counts[term] + TITLE * more[term])}"] = own
    for term in sorted(set(enclosed).difference(counts)):
        size += len(term.encode()) + 10
        if size > LARGEST:
            break
        found[in_documents(term)] = []
    return found


def vector(lexemes: Mapping[str, Sequence[int]]) -> str:
    """Lexemes and places as a tsvector is written."""
    return " ".join(f"'{lexeme}'{':' if places else ''}{','.join(map(str, places))}" for lexeme, places in lexemes.items())


def _mark(count: float) -> str:
    return MARKS[bisect_left(_ENDS, count)]


def in_documents(term: str) -> str:
    """The lexeme of a term that only the documents have."""
    return f"{term}/{ENCLOSED_MARK}"


def term_of(lexeme: str) -> str:
    """The term without its count; that of documents alone is counted as its lexeme."""
    return lexeme if lexeme[-1] == ENCLOSED_MARK else lexeme[:-2]


def counted(term: str, enclosed: bool = False) -> list[tuple[str, float]]:
    """Every lexeme of a term as a tsquery, with the count it stands for."""
    own = [(f"'{term}/{mark}'", float(count)) for mark, count in zip(MARKS, COUNTS, strict=True)]
    return [*own, (f"'{in_documents(term)}'", ENCLOSED)] if enclosed else own


def having(term: str, enclosed: bool = False) -> str:
    """A tsquery for entries with a term."""
    return f"({'|'.join(lexeme for lexeme, _ in counted(term, enclosed))})"


def phrase(terms: Sequence[str]) -> str:
    """A tsquery for documents with terms in a row."""
    return f"({' <-> '.join(map(having, terms))})"


def beginning(words: Sequence[str]) -> str:
    """A tsquery over `heads`: all words, the last of them perhaps cut short."""
    return " & ".join([*(f"'{word}'" for word in words[:-1]), f"'{words[-1]}':*"])
