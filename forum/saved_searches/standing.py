"""All saved searches in the memory of a process, ready to be asked about one document: questions that wait for answers."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from forum.saved_searches.models import SavedSearch
from forum.search.matching import Contents, Question
from forum.search.port import Document
from forum.search.synonyms import NONE, Synonyms

BATCH = 500

Known = tuple[int, str]  # id and key: what a search asks for never changes, but its number may go to another


class Standing:
    """The questions, each taken apart once and filed under a gate: of the sets it needs, the one that fewest others need.

    A document is compared only with those under the gates it passes.
    """

    def __init__(self) -> None:
        self._start(NONE)

    def _start(self, synonyms: Synonyms) -> None:
        self._synonyms = synonyms
        self._questions: dict[Known, Question] = {}
        self._gate_of: dict[Known, frozenset[str]] = {}
        self._behind: dict[str, set[Known]] = {}
        self._needed: Counter[str] = Counter()

    def fitting(self, session: Session, document: Document, synonyms: Synonyms) -> list[int]:
        """Ids of the searches kept at this moment that the document answers."""
        self._follow(session, synonyms)
        contents = Contents(document)
        near = {one for key in contents.keys & self._behind.keys() for one in self._behind[key]}
        return sorted(id for id, key in near if self._questions[id, key].answered_by(contents))

    def _follow(self, session: Session, synonyms: Synonyms) -> None:
        """Take in what was saved since the last time, and let go of what was removed."""
        if synonyms != self._synonyms:
            self._start(synonyms)
        kept = {(id, key) for id, key in session.execute(select(SavedSearch.id, SavedSearch.key))}
        for gone in self._questions.keys() - kept:
            del self._questions[gone]
            for key in self._gate_of.pop(gone):
                self._behind[key].discard(gone)
        fresh = dict(self._load(session, sorted(kept - self._questions.keys())))
        # All are counted first: only then is known what is rare.
        self._needed.update(key for question in fresh.values() for needed in question.needs for key in needed)
        for one, question in fresh.items():
            self._questions[one] = question
            self._gate_of[one] = min(question.needs, key=self._weight, default=frozenset())
            for key in self._gate_of[one]:
                self._behind.setdefault(key, set()).add(one)

    def _weight(self, needed: frozenset[str]) -> tuple[int, list[str]]:
        """How many need a set; equals by name, so that alike searches stand behind one gate and not behind all they could."""
        return sum(self._needed[key] for key in needed), sorted(needed)

    def _load(self, session: Session, wanted: list[Known]) -> Iterator[tuple[Known, Question]]:
        columns = select(SavedSearch.id, SavedSearch.key, SavedSearch.text, SavedSearch.filters)
        for start in range(0, len(wanted), BATCH):
            ids = [id for id, _ in wanted[start : start + BATCH]]
            for row in session.execute(columns.where(SavedSearch.id.in_(ids))):
                yield (row.id, row.key), Question(row.text, row.filters, self._synonyms)
