"""One segment of the index: its columns, and its postings as they are asked for.

Holds no open file: each method that reads takes the reader, and callers hold the lock of its snapshot.
"""

from pathlib import Path

from whoosh.reading import IndexReader

from forum.search.whoosh_engine.bits import Bits, of_facet
from forum.search.whoosh_engine.columns import columns_of
from forum.search.whoosh_engine.kept import Kept
from forum.search.whoosh_engine.postings import Postings, read

KEPT_POSTINGS = 500_000  # of a segment, 8 bytes each


class Segment:
    """What is read here stays good for as long as the segment lives."""

    def __init__(self, reader: IndexReader, directory: Path) -> None:
        self.size: int = reader.doc_count_all()
        self.columns = columns_of(reader, directory)
        self._bits: dict[str, Bits] = {}
        self._postings: Kept[Postings] = Kept(KEPT_POSTINGS, lambda found: len(found.docs))

    def postings(self, reader: IndexReader, field: str, term: str) -> Postings:
        """Deleted documents included: which those are depends on the moment, not on the segment."""
        return self._postings.get((field, term), lambda: read(reader, field, term))

    def bits(self, name: str) -> Bits:
        """The documents of each value of a facet, a row a value; worked out once."""
        if name not in self._bits:
            self._bits[name] = of_facet(self.columns.facets[name], self.size)
        return self._bits[name]
