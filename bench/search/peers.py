"""The peers over the same search terms: SQLite FTS5 and tantivy. They know nothing of the site, so that their memory is theirs."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tantivy

from bench.search.measuring import Ask, Case, Took, here
from bench.search.questions import Question, Questions, slices

TOP = 20
HEAP = 256 * 1024 * 1024
MIXES = ("1 term", "2–3 terms", "8 terms")
COLD = 12


class Peer:
    """One that takes documents as lines `id<tab>terms`."""

    def __init__(self, folder: Path, questions: Questions) -> None:
        self.folder, self.questions = folder, questions

    def build(self, lines: Iterator[tuple[int, str]]) -> int:
        """Index them all; how many."""
        raise NotImplementedError

    def open(self) -> None:
        """Anew, as a process that has just started."""
        raise NotImplementedError

    def search(self, question: Question) -> Any:
        """The best documents that have any of the terms."""
        raise NotImplementedError

    def phrase(self, question: Question) -> Any:
        """Those that have them in a row."""
        raise NotImplementedError

    def exclusion(self, question: Question) -> Any:
        """Those that have any but not the last."""
        raise NotImplementedError

    def total(self, question: Question) -> int:
        """How many documents match."""
        raise NotImplementedError

    def cases(self) -> Iterator[Case]:
        """What a peer can do of what the site does: facets, spelling, completion and highlights are not in it."""
        for mix in MIXES:
            yield Case(mix, self.search, slices(self.questions[mix]))
            yield Case(f"{mix}, cold", self.search, slices(self.questions[mix], COLD), self._anew)
        yield Case("phrase", self.phrase, slices(self.questions["phrase"]))
        yield Case("exclusion", self.exclusion, slices(self.questions["exclusion"]))

    def _anew(self, ask: Ask, question: Question) -> Took:
        self.open()
        return here(ask, question)


class Fts5(Peer):
    """Full-text search of SQLite, bm25."""

    def build(self, lines: Iterator[tuple[int, str]]) -> int:
        connection = sqlite3.connect(self.folder / "fts5.sqlite3")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(
            "CREATE VIRTUAL TABLE docs USING fts5(text, content='', tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\")"
        )
        with connection:
            connection.executemany("INSERT INTO docs (rowid, text) VALUES (?, ?)", lines)
            connection.execute("INSERT INTO docs (docs) VALUES ('optimize')")
        (count,) = connection.execute("SELECT count(*) FROM docs_docsize").fetchone()
        connection.close()
        return int(count)

    def open(self) -> None:
        self.connection = sqlite3.connect(self.folder / "fts5.sqlite3")
        self._rows('"открыто"')

    def _rows(self, match: str, what: str = "rowid", order: str = "ORDER BY rank LIMIT 20") -> list[tuple]:
        return self.connection.execute(f"SELECT {what} FROM docs WHERE docs MATCH ? {order}", (match,)).fetchall()

    def search(self, question: Question) -> Any:
        return self._rows(_any(question.terms))

    def phrase(self, question: Question) -> Any:
        return self._rows(f'"{" ".join(question.terms)}"')

    def exclusion(self, question: Question) -> Any:
        return self._rows(f'({_any(question.terms[:-1])}) NOT "{question.terms[-1]}"')

    def total(self, question: Question) -> int:
        return int(self._rows(_any(question.terms), "count(*)", "")[0][0])


def _any(terms: list[str]) -> str:
    return " OR ".join(f'"{term}"' for term in terms)


class Tantivy(Peer):
    """tantivy, words as they are between spaces, nothing stored but the id."""

    def _schema(self) -> tantivy.Schema:
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("id", stored=True)
        builder.add_text_field("text", tokenizer_name="whitespace", index_option="position")
        return builder.build()

    def build(self, lines: Iterator[tuple[int, str]]) -> int:
        index = tantivy.Index(self._schema(), path=str(self.folder))
        writer = index.writer(HEAP, 1)
        for number, text in lines:
            writer.add_document(tantivy.Document(id=number, text=text))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        return int(index.searcher().num_docs)

    def open(self) -> None:
        index = tantivy.Index.open(str(self.folder))
        self.schema, self.searcher = index.schema, index.searcher()
        self._top(self._term("открыто"))

    def _term(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self.schema, "text", term)

    def _any(self, terms: list[str]) -> tantivy.Query:
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, self._term(term)) for term in terms])

    def _top(self, query: tantivy.Query) -> Any:
        found = self.searcher.search(query, TOP, count=False)
        return [self.searcher.doc(address)["id"] for _, address in found.hits]

    def search(self, question: Question) -> Any:
        return self._top(self._any(question.terms))

    def phrase(self, question: Question) -> Any:
        return self._top(tantivy.Query.phrase_query(self.schema, "text", question.terms))

    def exclusion(self, question: Question) -> Any:
        parts = [(tantivy.Occur.Must, self._any(question.terms[:-1])), (tantivy.Occur.MustNot, self._term(question.terms[-1]))]
        return self._top(tantivy.Query.boolean_query(parts))

    def total(self, question: Question) -> int:
        return int(self.searcher.search(self._any(question.terms), TOP, count=True).count or 0)


PEERS: dict[str, type[Peer]] = {"fts5": Fts5, "tantivy": Tantivy}
