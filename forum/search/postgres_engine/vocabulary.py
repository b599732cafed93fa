"""What the index knows of words: looked up for a whole question at once."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection, text

from forum.search import spelling
from forum.search.analysis import token
from forum.search.postgres_engine.lexemes import in_documents
from forum.search.postgres_engine.rows import numbers_of

TOTALS = text("select documents, length, pieces from totals")
LOOK_UP = text("""
select 'form', form, documents from forms where form = any(cast(:forms as text[]))
union all select 'term', term, documents from terms where term = any(cast(:terms as text[]))
union all select 'gram', gram, documents from grams where gram = any(cast(:grams as text[]))
""")
NEAR = text("select form, documents, keys from forms where keys && cast(:keys as integer[])")


class Words:
    """The `Vocabulary` of one question. What was not looked up beforehand is looked up when it is asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[tuple[str, str], float] = {}
        self._near: dict[str, list[tuple[str, int]]] = {}
        documents, length, pieces = connection.execute(TOTALS).one()
        self._documents: int = documents
        self.mean_length: float = length / documents if length else 1.0
        self.mean_pieces: float = pieces / documents if pieces else 1.0

    def look_up(self, forms: Iterable[str] = (), terms: Iterable[str] = (), grams: Iterable[str] = ()) -> None:
        """Get to know words, search terms and pieces in one query."""
        own = set(terms)
        wanted = {"form": set(forms), "term": own.union(map(in_documents, own)), "gram": set(grams)}
        fresh = {kind: [one for one in some if (kind, one) not in self._known] for kind, some in wanted.items()}
        if not any(fresh.values()):
            return
        self._known |= {(kind, one): 0 for kind, some in fresh.items() for one in some}
        for kind, one, documents in self._connection.execute(LOOK_UP, {f"{kind}s": some for kind, some in fresh.items()}):
            self._known[kind, one] = documents

    def look_around(self, words: Collection[str]) -> None:
        """Find known words near to unknown ones in one query."""
        fresh = [word for word in words if word not in self._near]
        self._near |= {word: [] for word in fresh}
        keys = {word: numbers_of(spelling.asked(word)) for word in fresh if len(word) >= spelling.SHORTEST}
        if not keys:
            return
        found = self._connection.execute(NEAR, {"keys": list(set.union(*keys.values()))}).all()
        for word, own in keys.items():
            candidates = [(form, documents) for form, documents, others in found if not own.isdisjoint(others)]
            self._near[word] = spelling.nearest(word, candidates)

    def _frequency(self, kind: str, one: str) -> float:
        if (kind, one) not in self._known:
            self.look_up(**{f"{kind}s": [one]})
        return self._known[kind, one]

    # As a vocabulary.

    @property
    def documents(self) -> int:
        return self._documents

    def has_form(self, word: str) -> bool:
        return self.form_frequency(word) > 0 or self.in_documents(token(word))

    def frequency(self, term: str) -> int:
        return int(self._frequency("term", term) or self._frequency("term", in_documents(term)))

    def in_documents(self, term: str) -> bool:
        """Whether the documents of some entry have a term that it has not."""
        return self._frequency("term", in_documents(term)) > 0

    def form_frequency(self, word: str) -> int:
        return int(self._frequency("form", word))

    def gram_frequency(self, gram: str) -> float:
        return self._frequency("gram", gram)

    def corrections(self, word: str) -> list[tuple[str, int]]:
        self.look_around([word])
        return self._near[word]
