"""The site's own engine as it is asked: through the port, and all that stands between a question and its results."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from bench.search.measuring import Case
from bench.search.questions import Question, Questions
from forum import create_app
from forum.core.actor import GUEST
from forum.core.database import reading
from forum.extensions import db
from forum.search import analysis, highlight
from forum.search.found import find
from forum.search.port import Engine, Query

MIXES = ("1 term", "2–3 terms", "8 terms")
COLD = 30  # questions of a cold case: each opens the index anew


class Site:
    """An application over the instance that the environment names."""

    def __init__(self, questions: Questions) -> None:
        self.app = create_app()
        self.app.app_context().push()
        self.engine: Engine = self.app.extensions["search"]
        self.questions = questions
        self.client = self.app.test_client()

    # One question.

    def search(self, question: Question) -> Any:
        """The engine alone, with all counts of facets."""
        return self.engine.search(Query(question.text))

    def narrowed(self, question: Question) -> Any:
        """The same with three facets chosen."""
        return self.engine.search(Query(question.text, filters=question.filters))

    def answer(self, question: Question) -> Any:
        """All the server does but the page: filters, engine, 20 entries from the database, 20 titles and texts marked."""
        with reading(), Session(db.engine) as session:
            found = find(session, GUEST, self.engine, Query(question.text, filters=question.filters), self.app.extensions["synonyms"])
            for item in found.items:
                highlight.mark(item.text.title, found.results.terms)
                highlight.snippets(item.text.body, found.results.terms)
            return found

    def opened(self, address: str, question: Question) -> None:
        """A page or an answer of the API through the whole application, the network apart."""
        asked = self.client.get(f"{address}?{urlencode({'q': question.text, **question.filters}, doseq=True)}")
        if asked.status_code != 200:
            raise RuntimeError(f"{address}: {asked.status_code}")

    def similar(self, question: Question) -> Any:
        """Practices like the one the question was drawn from."""
        return self.engine.similar(question.text, question.body, but=question.document)

    def total(self, question: Question) -> int:
        """How many documents match."""
        return self.engine.search(Query(question.text)).total

    def forget(self) -> None:
        """As a process that has just opened the index: no posting list, no lemma is remembered."""
        self.engine.close()
        analysis.token.cache_clear()
        self.engine.search(Query(limit=1))

    # All of them.

    def cases(self) -> Iterator[Case]:
        """Every case there is."""
        some = self.questions
        for mix in MIXES:
            yield from self._both(mix, self.search, mix)
            yield from self._both(f"{mix}, 3 facets", self.narrowed, mix)
            yield from self._both(f"{mix}, 3 facets, 20 highlights", self.answer, mix)
        yield Case("phrase", self.search, some["phrase"])
        yield Case("exclusion", self.search, some["exclusion"])
        yield Case("misspelt word", self.search, some["misspelt word"])
        yield from self._spelling()
        yield Case("completion", lambda question: self.engine.complete(question.text), some["completion"])
        yield Case("similar", self.similar, some["similar"])
        yield Case("page /search, 8 terms, 3 facets", lambda question: self.opened("/search", question), some["8 terms"])
        yield Case("/api/v1/search, 8 terms, 3 facets", lambda question: self.opened("/api/v1/search", question), some["8 terms"])

    def _both(self, name: str, ask: Callable[[Question], Any], mix: str) -> Iterator[Case]:
        yield Case(name, ask, self.questions[mix])
        yield Case(f"{name}, cold", ask, self.questions[mix][:COLD], self.forget)

    def _spelling(self) -> Iterator[Case]:
        """The look-up alone, where the engine lets us at it: it is part of no port."""
        if hasattr(self.engine, "_store"):
            yield Case("spelling alone", self._corrections, self.questions["misspelt word"])

    def _corrections(self, question: Question) -> Any:
        with self._vocabulary() as known:
            return known.corrections(question.text)

    @contextmanager
    def _vocabulary(self) -> Iterator[Any]:
        with self.engine._store.snapshot() as snapshot:  # type: ignore[attr-defined]
            yield snapshot
