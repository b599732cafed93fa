"""All posting lists of a segment, read in the order they lie in its files: for merging.

Looking each term up, as a search does, costs twenty times as much. The files are pickles, as Whoosh has it: their folder is ours alone.
"""

import io
import zlib
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from pickle import load, loads
from struct import Struct
from typing import Any, NamedTuple

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3TermInfo
from whoosh.reading import SegmentReader

LENGTHS = Struct("!ii")  # before each term in the term index: of its key, of what is said of it
EXTENT = Struct("!qi")
BLOCK_LENGTH = Struct("!i")  # negative: the last block
FIELD = 2  # bytes of the key that say of which field a term is


class PostingList(NamedTuple):
    """The documents of a term, deleted ones included; the values of a field that has none are nothing, or empty."""

    field: str
    term: bytes
    docs: Sequence[int]
    weights: Sequence[float]
    values: Sequence[bytes] | None


def posting_lists(reader: SegmentReader, directory: Path) -> Iterator[PostingList]:
    """Those of a segment that our writer has written."""
    index, names = reader._terms._tindex, reader._terms._fieldunmap
    terms, postings = (_bytes(reader, directory, ending) for ending in (W3Codec.TERMS_EXT, W3Codec.POSTS_EXT))
    at, file = index.startofdata, io.BytesIO(postings)
    while at < index.endofdata:
        key, about = LENGTHS.unpack_from(terms, at)
        start = at + LENGTHS.size
        at = start + key + about
        where = terms[start + key : at]
        field = names[int.from_bytes(terms[start : start + FIELD])]
        yield PostingList(field, terms[start + FIELD : start + key], *_read(where, postings, file))


def _bytes(reader: SegmentReader, directory: Path, ending: str) -> bytes:
    return (directory / reader.segment().make_filename(ending)).read_bytes()


def _read(where: bytes, postings: bytes, file: io.BytesIO) -> tuple[Any, Any, Any]:
    if where[0]:  # a single posting, in the term index itself
        docs, weights, values = loads(memoryview(where)[W3TermInfo._struct.size :])  # noqa: S301
        return docs, weights, values
    start, _ = EXTENT.unpack_from(where, W3TermInfo._struct.size)
    blocks = list(_blocks(start + len(WHOOSH3_HEADER_MAGIC), postings, file))
    if len(blocks) == 1:
        return blocks[0]
    docs, weights, values = ([one for block in blocks for one in block[part] or ()] for part in range(3))
    return docs, weights, values or None


def _blocks(at: int, postings: bytes, file: io.BytesIO) -> Iterator[tuple[Any, Any, Any]]:
    """Documents, how often each has the term, values: block by block."""
    last = False
    while not last:
        (length,) = BLOCK_LENGTH.unpack_from(postings, at)
        last, start = length < 0, at + BLOCK_LENGTH.size
        at = start + abs(length)
        file.seek(start)
        count, _, _, compression, _, _ = load(file)  # noqa: S301
        data: Any = memoryview(postings)[file.tell() : at]
        deltas, counts, values = loads(zlib.decompress(data) if compression else data)  # noqa: S301
        yield list(accumulate(deltas)), [1.0] * count if counts is None else counts.tolist(), values
