"""Where in the index a document lies, so that it can be taken out."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import SegmentReader

from forum.search.whoosh_engine.writer import Writer


class Places:
    """The ids of the documents of each segment, in their order.

    Kept from one commit to the next, since segments do not change: to look each id up in each segment, as Whoosh does, would
    cost a small commit as much as all the rest.
    """

    def __init__(self) -> None:
        self._ids: dict[str, NDArray[np.int64]] = {}

    def delete(self, writer: Writer, ids: Iterable[int]) -> None:
        """Mark all documents with these ids as deleted."""
        wanted, known, first = np.fromiter(ids, np.int64), self._ids, 0
        self._ids = {}
        for segment in writer.segments:
            name = segment.segment_id()
            there = self._ids[name] = known[name] if name in known else _ids(writer, segment)
            for number in np.flatnonzero(np.isin(there, wanted)).tolist():
                writer.delete_document(first + number)
            first += segment.doc_count_all()


def _ids(writer: Writer, segment: Any) -> NDArray[np.int64]:
    reader = SegmentReader(writer.storage, writer.schema, segment)
    try:
        column = reader.column_reader("number", translate=False)
        size = segment.doc_count_all()
        return np.fromiter((column[number] for number in range(size)), np.int64, size)
    finally:
        reader.close()
