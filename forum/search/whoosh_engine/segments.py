"""One segment of the index: its columns, and its postings as they are asked for.

Holds no open file: each method that reads takes the reader, and callers hold the lock of its snapshot.
"""

from functools import cached_property
from pathlib import Path

from whoosh.reading import IndexReader

from forum.search.whoosh_engine.bits import Bits, of_facet
from forum.search.whoosh_engine.columns import columns_of
from forum.search.whoosh_engine.kept import Kept
from forum.search.whoosh_engine.phrases import Numbers, starts
from forum.search.whoosh_engine.postings import Postings, read
from forum.search.whoosh_engine.tallies import Tally, of_segment

KEPT_POSTINGS = 1 << 20  # bytes, of a segment
KEPT_TALLIES = 3 << 20


class Segment:
    """What is read here stays good for as long as the segment lives."""

    def __init__(self, reader: IndexReader, directory: Path) -> None:
        self.size: int = reader.doc_count_all()
        self.columns = columns_of(reader, directory)
        self._bits: dict[str, Bits] = {}
        self._postings: Kept[Postings] = Kept(KEPT_POSTINGS, lambda found: found.size)
        self._tallies: Kept[Tally] = Kept(KEPT_TALLIES, lambda found: found.size)

    def postings(self, reader: IndexReader, field: str, term: str) -> Postings:
        """Deleted documents included: which those are depends on the moment, not on the segment."""
        return self._postings.get((field, term), lambda: read(reader, field, term))

    def tally(self, reader: IndexReader, term: str) -> Tally:
        """How much a search term counts in each document, deleted ones included."""

        def work_out() -> Tally:
            text, title, enclosed = (read(reader, field, term) for field in ("text", "title", "enclosed"))
            return of_segment(text, title, enclosed, self.size)

        return self._tallies.get(term, work_out)

    @cached_property
    def starts(self) -> Numbers:
        """The place of the first word of each document."""
        return starts(self.columns.numbers["length"])

    def bits(self, name: str) -> Bits:
        """The documents of each value of a facet, a row a value; worked out once."""
        if name not in self._bits:
            self._bits[name] = of_facet(self.columns.facets[name], self.size)
        return self._bits[name]
