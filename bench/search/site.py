"""The site's own engine as it is asked: through the port, and all that stands between a question and its results."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.orm import Session

from bench.search.measuring import Case, in_a_fork
from bench.search.questions import Question, Questions, slices
from forum import create_app
from forum.core.actor import GUEST
from forum.core.database import reading
from forum.extensions import db
from forum.search import highlight
from forum.search.found import find
from forum.search.port import Engine, Query
from forum.search.postgres_engine import PostgresEngine
from forum.search.postgres_engine.vocabulary import Words
from forum.search.vocabulary import Vocabulary
from forum.search.warming import begin
from forum.search.whoosh_engine import WhooshEngine

MIXES = ("1 term", "2–3 terms", "8 terms")
COLD = 12  # questions of a cold case: each takes a process
UNRELATED = Question("жильё", [], {}, 0)


class Site:
    """An application over the instance that the environment names, in a process that goes on and on."""

    def __init__(self, questions: Questions) -> None:
        self.app = create_app()
        self.app.app_context().push()
        self.engine: Engine = self.app.extensions["search"]
        self.questions = questions
        self.client = self.app.test_client()

    def settle(self) -> None:
        """Start as the processes of the site do."""
        begin(self.app)

    # One question.

    def search(self, question: Question) -> Any:
        """The engine alone, with all counts of facets."""
        return self.engine.search(Query(question.text))

    def narrowed(self, question: Question) -> Any:
        """The same with three facets chosen."""
        return self.engine.search(Query(question.text, filters=question.filters))

    def answer(self, question: Question) -> Any:
        """All the server does but the page: filters, engine, 20 entries from the database, 20 titles and texts marked."""
        kept, query = self.app.extensions, Query(question.text, filters=question.filters)
        with reading(), Session(db.engine) as session:
            found = find(session, GUEST, self.engine, query, kept["synonyms"], kept["shelf"].load)
            for item in found.items:
                highlight.mark(item.text.title, found.results.terms)
                highlight.snippets(item.text.body, found.results.terms, item.text.summary)
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

    # All of them.

    def cases(self) -> Iterator[Case]:
        """By a process that has been asked such things before; «again»: the same questions at once once more."""
        for mix in MIXES:
            yield self._case(mix, self.search, mix)
            yield self._case(f"{mix}, 3 facets", self.narrowed, mix)
            yield self._case(f"{mix}, 3 facets, 20 highlights", self.answer, mix)
            yield self._case(f"{mix}, 3 facets, 20 highlights, again", self.answer, mix)
        yield self._case("phrase", self.search, "phrase")
        yield self._case("exclusion", self.search, "exclusion")
        yield self._case("misspelt word", self.search, "misspelt word")
        yield self._case("spelling alone", self._corrections, "misspelt word")
        yield self._case("completion", lambda question: self.engine.complete(question.text), "completion")
        yield self._case("similar", self.similar, "similar")
        yield self._case("page /search, 8 terms, 3 facets", partial(self.opened, "/search"), "page")
        yield self._case("/api/v1/search, 8 terms, 3 facets", partial(self.opened, "/api/v1/search"), "api")
        yield self._case("/search/completions", partial(self.opened, "/search/completions"), "completion")

    def _case(self, name: str, ask: Callable[[Question], Any], kind: str) -> Case:
        return Case(name, ask, slices(self.questions[kind]))

    def _corrections(self, question: Question) -> Any:
        with self._vocabulary() as known:
            return known.corrections(question.text)

    @contextmanager
    def _vocabulary(self) -> Iterator[Vocabulary]:
        """Past the port, which has no look-up of words alone."""
        if isinstance(self.engine, WhooshEngine):
            with self.engine._store.snapshot() as snapshot:
                assert snapshot is not None
                yield snapshot
        elif isinstance(self.engine, PostgresEngine):
            with self.engine._database.reading() as connection:
                yield Words(connection)


class Cold(Site):
    """The same, each question in a process that has started as those of the site do and been asked one thing, unrelated."""

    def begin(self) -> None:
        """What comes before a question that is measured."""
        begin(self.app)
        self.answer(UNRELATED)

    def settle(self) -> None:
        """Each question has a process that does so."""

    def cases(self) -> Iterator[Case]:
        take = partial(in_a_fork, first=self.begin)
        for mix in MIXES:
            some = slices(self.questions[mix], COLD)
            yield Case(f"{mix}, cold", self.search, some, take)
            yield Case(f"{mix}, 3 facets, 20 highlights, cold", self.answer, some, take)


SUBJECTS: dict[str, type[Site]] = {"site": Site, "cold": Cold}
