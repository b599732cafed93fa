"""One segment of the index: its columns, and its postings as they are asked for.

Holds no open file: each method that reads takes the reader, and callers hold the lock of its snapshot.
"""

from pathlib import Path

from whoosh.reading import IndexReader

from forum.search.whoosh_engine.columns import columns_of
from forum.search.whoosh_engine.postings import Cache


class Segment:
    """What is read here stays good for as long as the segment lives."""

    def __init__(self, reader: IndexReader, directory: Path) -> None:
        self.size: int = reader.doc_count_all()
        self.columns = columns_of(reader, directory)
        self.postings = Cache()
