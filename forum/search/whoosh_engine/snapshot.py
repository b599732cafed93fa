"""The index as it was at one commit: open files, arrays over all segments, and who still uses them."""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.index import FileIndex
from whoosh.query import Phrase
from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from forum.search.whoosh_engine.columns import Numbers
from forum.search.whoosh_engine.lexicon import Lexicon
from forum.search.whoosh_engine.postings import NOTHING, Postings
from forum.search.whoosh_engine.schema import NUMBERS
from forum.search.whoosh_engine.segments import Segment

Mask = NDArray[np.bool_]


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
        leaves = self.reader.leaf_readers() if self.reader.doc_count_all() else []
        alive = np.ones(self.reader.doc_count_all(), np.bool_)
        for reader, offset in leaves:
            name = reader.segment().segment_id()
            segment = self.segments[name] = known.get(name) or Segment(reader, directory)
            self.leaves.append((reader, offset, segment))
            alive[[offset + number for number in reader.segment().deleted_docs()]] = False
        self.alive: Mask = alive
        self.columns = {name: self._whole(name) for name in NUMBERS}
        self.documents = int(alive.sum())
        self.mean_length = float(self.columns["length"][alive].mean()) if self.documents else 1.0
        self.mean_pieces = float(self.columns["pieces"][alive].mean()) if self.documents else 1.0

    def _whole(self, name: str) -> Numbers:
        parts = [segment.columns.numbers[name] for _, _, segment in self.leaves]
        return parts[0] if len(parts) == 1 else np.concatenate(parts or [np.zeros(0, np.int64)])

    # What is in it.

    def postings(self, field: str, term: str) -> Postings:
        """The living documents a term occurs in."""
        with self._lock:
            parts = [(offset, segment.postings.get(reader, field, term)) for reader, offset, segment in self.leaves]
        parts = [(offset, part) for offset, part in parts if len(part.docs)]
        if not parts:
            return NOTHING
        docs = np.concatenate([part.docs + np.int32(offset) for offset, part in parts])
        weights = np.concatenate([part.weights for _, part in parts])
        living = self.alive[docs]
        return Postings(docs[living], weights[living])

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
        if all(len(self.postings("text", term).docs) for term in terms):
            with self._lock:
                mask[list(Phrase("text", list(terms)).docs(Searcher(self.reader, closereader=False)))] = True
        return mask

    def count(self, name: str, matched: Mask) -> dict[str, int]:
        """How many of the matched documents have each value of a facet."""
        counts: dict[str, int] = {}
        for _, offset, segment in self.leaves:
            facet = segment.columns.facets[name]
            codes = facet.codes[matched[offset : offset + segment.size][facet.docs]]
            for code, number in enumerate(np.bincount(codes, minlength=len(facet.values)).tolist()):
                if number:
                    counts[facet.values[code]] = counts.get(facet.values[code], 0) + number
        return counts

    def words(self, numbers: Sequence[int]) -> list[bytes]:
        """The bare words of documents."""
        found: dict[int, bytes] = {}
        with self._lock:
            for reader, offset, segment in self.leaves:
                mine = [number for number in numbers if offset <= number < offset + segment.size]
                if mine:
                    column = reader.column_reader("words", translate=False)
                    found.update((number, column[number - offset]) for number in mine)
        return [found[number] for number in numbers]

    # As a vocabulary.

    def frequency(self, term: str) -> int:
        return len(self.postings("text", term).docs)

    def form_frequency(self, word: str) -> int:
        return len(self.postings("forms", word).docs)

    def has_form(self, word: str) -> bool:
        return self.form_frequency(word) > 0

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
