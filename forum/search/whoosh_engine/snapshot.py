"""The index as it was at one commit: open files, arrays over all segments, and who still uses them."""

import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from whoosh.index import FileIndex
from whoosh.query import Phrase
from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from forum.search.whoosh_engine.lexicon import Lexicon
from forum.search.whoosh_engine.schema import NUMBERS
from forum.search.whoosh_engine.segments import NOTHING, Postings, Segment

Mask = NDArray[np.bool_]


class Snapshot:
    """Documents are numbered through all segments. Files are read under a lock, since a file has one position."""

    def __init__(self, index: FileIndex, lexicon: Lexicon | None, known: dict[str, Segment]) -> None:
        self.generation: int = index.latest_generation()
        self.reader: IndexReader = index.reader()
        self.lexicon = lexicon
        self._lock = threading.RLock()
        self._users = 0
        self._retired = False
        try:
            self._gather(known)
        except BaseException:
            self.reader.close()
            raise

    def _gather(self, known: dict[str, Segment]) -> None:
        self.leaves: list[tuple[IndexReader, int, Segment]] = []
        self.segments: dict[str, Segment] = {}
        leaves = self.reader.leaf_readers() if self.reader.doc_count_all() else []
        alive = np.ones(self.reader.doc_count_all(), np.bool_)
        for reader, offset in leaves:
            name = reader.segment().segment_id()
            segment = self.segments[name] = known.get(name) or Segment(reader)
            self.leaves.append((reader, offset, segment))
            alive[[offset + number for number in reader.segment().deleted_docs()]] = False
        self.alive: Mask = alive
        empty = np.zeros(0, np.int64)
        self.columns = {name: np.concatenate([s.columns[name] for _, _, s in self.leaves] or [empty]) for name in NUMBERS}
        self.size = int(alive.sum())
        self.mean_length = float(self.columns["length"][alive].mean()) if self.size else 1.0
        self.mean_pieces = float(self.columns["pieces"][alive].mean()) if self.size else 1.0

    # What is in it.

    def postings(self, field: str, term: str) -> Postings:
        """The living documents a term occurs in."""
        with self._lock:
            parts = [(offset, segment.postings(reader, field, term)) for reader, offset, segment in self.leaves]
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
        for reader, offset, segment in self.leaves:
            with self._lock:
                facet = segment.facets(reader)[name]
            codes = facet.codes[matched[facet.docs + offset]]
            for code, number in enumerate(np.bincount(codes, minlength=len(facet.values))):
                if number:
                    counts[facet.values[code]] = counts.get(facet.values[code], 0) + int(number)
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

