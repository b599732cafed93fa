"""The index as it was at one commit: open files, arrays over all segments, and who still uses them."""

import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray
from whoosh.index import FileIndex
from whoosh.reading import IndexReader

from forum.search.analysis import token
from forum.search.port import COUNTED as FACETS
from forum.search.ranking import K1, KINDS, STALE, B
from forum.search.whoosh_engine import lists, merged, postings
from forum.search.whoosh_engine.bits import Mask
from forum.search.whoosh_engine.kept import Kept
from forum.search.whoosh_engine.lexicon import Lexicon
from forum.search.whoosh_engine.phrases import in_a_row
from forum.search.whoosh_engine.postings import Postings
from forum.search.whoosh_engine.segments import Segment
from forum.search.whoosh_engine.tallies import PARTS, Tally, joined

KEPT = 2 << 20  # bytes of what was worked out of posting lists
KEPT_COUNTS = 50_000
FOREMOST = 4_000  # practices
COUNTED = 2_000  # documents of a term up to which the deleted ones are left out of its frequency


class Sized(Protocol):
    """What is kept: how many bytes it takes is known."""

    @property
    def size(self) -> int: ...


Worked = TypeVar("Worked", bound=Sized)


class Snapshot:
    """Documents are numbered through all segments. Files are read under a lock, since a file has one position.

    It is the `Vocabulary` of its questions too.
    """

    def __init__(self, index: FileIndex, directory: Path, lexicon: Lexicon | None, known: dict[str, Segment]) -> None:
        self.generation: int = index.latest_generation()
        self.reader: IndexReader = index.reader()
        self.lexicon = lexicon
        self._lock = threading.RLock()
        self._users = 0
        self._retired = False
        try:
            self._gather(directory, known)
        except BaseException:
            self.reader.close()
            raise

    def _gather(self, directory: Path, known: dict[str, Segment]) -> None:
        self.leaves: list[tuple[IndexReader, int, Segment]] = []
        self.segments: dict[str, Segment] = {}
        self._bare: list[Any] = []
        leaves = self.reader.leaf_readers() if self.reader.doc_count_all() else []
        alive = np.ones(self.reader.doc_count_all(), np.bool_)
        for reader, offset in leaves:
            name = reader.segment().segment_id()
            segment = self.segments[name] = known.get(name) or Segment(reader, directory)
            self.leaves.append((reader, offset, segment))
            # Opens its file, which a later commit may remove; to open it for each question takes longer than reading it.
            self._bare.append(reader.column_reader("words", translate=False))
            alive[[offset + number for number in reader.segment().deleted_docs()]] = False
        self.alive: Mask = alive
        self._dead = np.flatnonzero(~alive)
        self._parts = [(offset, segment) for _, offset, segment in self.leaves]
        self.columns = merged.Columns(self._parts)
        self.documents = int(alive.sum())
        self.mean_length = float(self.columns["length"][alive].mean()) if self.documents else 1.0
        self.mean_pieces = float(self.columns["pieces"][alive].mean()) if self.documents else 1.0
        self.norm: NDArray[np.float32] = (PARTS * K1 * (1 - B + B * self.columns["length"] / self.mean_length)).astype(np.float32)
        self._counts: dict[tuple[str, str], int] = {}
        self._by_kind: NDArray[np.float32] | None = None
        self._weighed = False
        self._facets: dict[str, merged.Counted] = {}
        self._kept: Kept[Any] = Kept(KEPT, lambda found: int(found.size))

    # What is in it.

    def postings(self, field: str, term: str) -> Postings:
        """The living documents a term occurs in, and how often."""
        return self.kept((field, term), lambda: self.living(field, term))

    def kept(self, key: tuple[str, str], work_out: Callable[[], Worked]) -> Worked:
        """What was worked out of posting lists, kept with them; `work_out` may read files."""
        with self._lock:
            found: Worked = self._kept.get(key, work_out)
            return found

    def living(self, field: str, term: str) -> Postings:
        """The same, kept by the segments only: for what something else is worked out of that is kept."""
        with self._lock:
            parts = [(offset, segment.postings(reader, field, term)) for reader, offset, segment in self.leaves]
        return postings.together(parts, self.alive)

    def tally(self, term: str) -> Tally:
        """How much a search term counts in each living document."""
        return self.kept(("", term), lambda: self._tally(term))

    def _tally(self, term: str) -> Tally:
        with self._lock:
            parts = [(first, segment.size, segment.tally(reader, term)) for reader, first, segment in self.leaves]
        return joined(parts, self.alive, self._dead)

    @property
    def by_kind(self) -> NDArray[np.float32] | None:
        """What the scores of documents are multiplied with; None where all count 1."""
        if not self._weighed:
            weights = np.ones(len(self.alive), np.float32)
            for kind, weight in KINDS.items():
                weights[self.facet("kind").having([kind])] = weight
            weights[self.columns["stale"] > 0] *= np.float32(STALE)
            self._by_kind = weights if (weights != 1).any() else None
            self._weighed = True
        return self._by_kind

    @cached_property
    def by_votes(self) -> NDArray[np.int64]:
        """By document a number that is larger for more votes, then for a later one."""
        return self.columns["votes"].astype(np.int64) * (1 << 40) + self.columns["number"]

    @cached_property
    def foremost(self) -> NDArray[np.int64]:
        """Living practices with the most votes, these first."""
        practices = np.flatnonzero(self.facet("kind").having(["practice"]) & self.alive)
        if len(practices) > FOREMOST:
            practices = practices[np.argpartition(self.by_votes[practices], -FOREMOST)[-FOREMOST:]]
        first: NDArray[np.int64] = practices[np.argsort(-self.by_votes[practices])]
        return first

    def passing(self, name: str, values: Sequence[str]) -> Mask:
        """Which living documents have any of the values of a facet."""
        if name in FACETS:
            return self.facet(name).having(values) & self.alive
        return self.mask("facet", [f"{name}={value}" for value in values])

    def found(self, mask: Mask) -> merged.Found:
        """A set of documents, to be counted."""
        return merged.Found(mask, [segment.size for _, segment in self._parts])

    def mask(self, field: str, terms: Sequence[str]) -> Mask:
        """Which documents have any of the terms."""
        mask = np.zeros(len(self.alive), np.bool_)
        for term in terms:
            mask[self.postings(field, term).docs] = True
        return mask

    def phrase(self, terms: Sequence[str]) -> Mask:
        """Which living documents have the terms in a row."""
        if len(terms) == 1:
            return self.mask("text", terms)
        mask = np.zeros(len(self.alive), np.bool_)
        with self._lock:
            for reader, first, segment in self.leaves:
                mask[first + in_a_row(reader, terms, segment.starts)] = True
        return mask & self.alive

    def facet(self, name: str) -> merged.Counted:
        """The values of a facet by document."""
        with self._lock:
            if name not in self._facets:
                self._facets[name] = merged.facet(self._parts, name)
            return self._facets[name]

    def words(self, numbers: Sequence[int]) -> list[bytes]:
        """The bare words of documents."""
        found: dict[int, bytes] = {}
        with self._lock:
            for (_, offset, segment), column in zip(self.leaves, self._bare, strict=True):
                end = offset + segment.size
                found.update((number, column[number - offset]) for number in numbers if offset <= number < end)
        return [found[number] for number in numbers]

    # As a vocabulary.

    def frequency(self, term: str) -> int:
        return self._count("text", term) or self._count("enclosed", term)

    def form_frequency(self, word: str) -> int:
        return self._count("forms", word)

    def _count(self, field: str, term: str) -> int:
        """In how many documents: the exact number where it is small, since there one document more or less matters."""
        key = (field, term)
        number = self._counts.get(key)
        if number is None:
            with self._lock:
                number = sum(lists.documents(reader, field, term) for reader, _, _ in self.leaves)
            if number and number <= COUNTED and self.documents < len(self.alive):
                number = len(self.living(field, term).docs)
            if len(self._counts) > KEPT_COUNTS:
                self._counts.clear()
            self._counts[key] = number
        return number

    def has_form(self, word: str) -> bool:
        return self.form_frequency(word) > 0 or self._count("enclosed", token(word)) > 0

    def gram_frequency(self, gram: str) -> float:
        return self.lexicon.gram_frequency(gram) if self.lexicon else 0.0

    def corrections(self, word: str) -> list[tuple[str, int]]:
        return self.lexicon.corrections(word) if self.lexicon else []

    # Who uses it.

    def take(self) -> None:
        """One more user."""
        with self._lock:
            self._users += 1

    def leave(self) -> None:
        """One user less."""
        with self._lock:
            self._users -= 1
            self._close_if_done()

    def retire(self) -> None:
        """Nobody new will come; close when the last user leaves."""
        with self._lock:
            self._retired = True
            self._close_if_done()

    def _close_if_done(self) -> None:
        if self._retired and not self._users:
            self.reader.close()
