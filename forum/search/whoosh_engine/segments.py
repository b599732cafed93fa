"""One segment of the index: its columns, and its postings as they are asked for.

Holds no open file: each method that reads takes the reader, and callers hold the lock of its snapshot.
"""

from collections.abc import Sequence
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
KEPT_TALLIES = 4 << 20


FacetBits = tuple[Sequence[str], Bits]  # values, and a row of documents for each


class Segment:
    """What is read here stays good for as long as the segment lives."""

    def __init__(self, reader: IndexReader, directory: Path) -> None:
        self.size: int = reader.doc_count_all()
        self.columns = columns_of(reader, directory)
        self._bits: dict[str, FacetBits] = {}
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

    def bits(self, name: str) -> FacetBits:
        """The documents of each value of a facet; worked out once."""
        known = self._bits.get(name)
        if known is None:
            facet = self.columns.facets[name]
            known = facet.values, of_facet(facet, self.size)
            self.columns.give_back()
        return known

    def keep(self, name: str, bits: FacetBits) -> None:
        """For the next snapshot: a part of what the present one has put together, so that it is held once."""
        self._bits[name] = bits
