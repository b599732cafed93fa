"""Which segments a commit merges. As Whoosh has it: takes the writer and all segments, returns those that stay.

A search looks into each segment, and each commit brings one: so those of a size become one of the next when there are too
many of them. A document is written anew once for each size, however long the changes go on.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from whoosh.reading import SegmentReader

from forum.search.whoosh_engine.writer import Writer

SIZES = (100, 1_000, 10_000)  # documents: below the first, the next…
MOST = 8  # segments of a size
WHILE_BUSY = 2  # sizes that are merged while somebody waits to be found
DECAYED = 0.5  # share of deleted documents from which on a segment is written anew


def few_small(writer: Writer, segments: Iterable[Any]) -> list[Any]:
    """What can be done in a moment."""
    return _merge(writer, list(segments), SIZES[:WHILE_BUSY])


def tidy(writer: Writer, segments: Iterable[Any]) -> list[Any]:
    """The same for larger ones, and rid segments of what is mostly deleted."""
    left = _merge(writer, list(segments), SIZES)
    decayed = [one for one in left if one.deleted_count() > DECAYED * one.doc_count_all()]
    return _take_in(writer, left, decayed)


def _merge(writer: Writer, segments: list[Any], sizes: Sequence[int]) -> list[Any]:
    """Of the largest size there are too many of: these, and all smaller ones with them."""
    merged: list[Any] = []
    for smallest, size in zip((0, *sizes), sizes, strict=False):
        if sum(smallest <= one.doc_count() < size for one in segments) > MOST:
            merged = [one for one in segments if one.doc_count() < size]
    return _take_in(writer, segments, merged)


def _take_in(writer: Writer, segments: list[Any], merged: list[Any]) -> list[Any]:
    for segment in merged:
        reader = SegmentReader(writer.storage, writer.schema, segment)
        try:
            writer.add_reader(reader)
        finally:
            reader.close()
    return [one for one in segments if one not in merged]
