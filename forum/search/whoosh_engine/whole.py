"""All posting lists of a segment, read in the order they lie in its files: for merging.

Looking each term up, as a search does, costs twenty times as much.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from whoosh.codec.whoosh3 import W3Codec
from whoosh.reading import SegmentReader

from forum.search.whoosh_engine.lists import LENGTHS, Block, blocks

FIELD = 2  # bytes of the key that say of which field a term is


class PostingList(NamedTuple):
    """The documents of a term, deleted ones included, and how often each has it; for `places` the places."""

    field: str
    term: bytes
    docs: Sequence[int]
    weights: Sequence[float]


def posting_lists(reader: SegmentReader, directory: Path) -> Iterator[PostingList]:
    """Those of a segment that our writer has written."""
    index, names = reader._terms._tindex, reader._terms._fieldunmap
    terms, postings = (_bytes(reader, directory, ending) for ending in (W3Codec.TERMS_EXT, W3Codec.POSTS_EXT))
    at = index.startofdata
    while at < index.endofdata:
        key, about = LENGTHS.unpack_from(terms, at)
        start = at + LENGTHS.size
        at = start + key + about
        field = names[int.from_bytes(terms[start : start + FIELD])]
        found = list(blocks(terms[start + key : at], lambda first, length: postings[first : first + length]))
        yield PostingList(field, terms[start + FIELD : start + key], *_joined(found))


def _bytes(reader: SegmentReader, directory: Path, ending: str) -> bytes:
    return (directory / reader.segment().make_filename(ending)).read_bytes()


def _joined(found: list[Block]) -> tuple[Any, Any]:
    """Documents, and how often each has the term."""
    if len(found) == 1:
        return _decoded(found[0])
    docs, weights = ([one for block in map(_decoded, found) for one in block[part]] for part in range(2))
    return docs, weights


def _decoded(block: Block) -> tuple[Any, Any]:
    return list(accumulate(block.deltas)), [1.0] * len(block.deltas) if block.counts is None else [*block.counts]
