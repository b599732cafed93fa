"""Which segments a commit merges. As Whoosh has it: takes the writer and all segments, returns those that stay.

A search looks into each segment, and each commit brings one: so those of a size become one of the next when there are too
many of them. A document is written anew once for each size, however long the changes go on.
"""

from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import Any

from whoosh.reading import SegmentReader

from forum.search.whoosh_engine.writer import Writer

SIZES = (100, 1_000, 10_000)  # documents: below the first, the next…
MOST = 8  # segments of a size
MOMENT = 500  # documents that are merged while somebody waits to be found
TOO_MANY = 24  # segments of the second size, for which who waits has to wait
DECAYED = 0.5  # share of deleted documents from which on a segment is written anew


def few_small(writer: Writer, segments: Iterable[Any]) -> list[Any]:
    """What can be done in a moment."""
    left = list(segments)
    tiny = [one for one in left if one.doc_count() < SIZES[0]]
    small = [one for one in left if SIZES[0] <= one.doc_count() < SIZES[1]]
    if len(tiny) > MOST:
        return _take_in(writer, left, tiny)
    if len(small) > TOO_MANY:
        return _take_in(writer, left, small)
    if len(small) > MOST:
        small.sort(key=lambda one: one.doc_count())
        sums = accumulate(one.doc_count() for one in small)
        few = [one for one, documents in zip(small, sums, strict=True) if documents <= MOMENT]
        return _take_in(writer, left, few if len(few) > 1 else [])
    return left


def tidy(writer: Writer, segments: Iterable[Any]) -> list[Any]:
    """The same for all sizes, and rid segments of what is mostly deleted."""
    left = _merge(writer, list(segments))
    decayed = [one for one in left if one.deleted_count() > DECAYED * one.doc_count_all()]
    return _take_in(writer, left, decayed)


def _merge(writer: Writer, segments: list[Any]) -> list[Any]:
    """Of the largest size there are too many of: these, and all smaller ones with them."""
    merged: list[Any] = []
    for smallest, size in pairwise((0, *SIZES)):
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
