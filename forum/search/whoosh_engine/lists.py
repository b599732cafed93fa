"""Posting lists as they lie in the files of a segment, past Whoosh's readers, which look a term up several times and go posting by posting.

The files are pickles, as Whoosh has it: their folder is ours alone.
"""

import io
from collections.abc import Callable, Iterator
from pickle import load, loads
from struct import Struct
from typing import Any, NamedTuple

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3TermInfo
from whoosh.reading import IndexReader

EXTENT = Struct("!qi")  # where the list of a term begins in the file of postings, and how long it is
BLOCK_LENGTH = Struct("!i")  # negative: the last block


class Block(NamedTuple):
    """A number and the differences to each next one, and how often each has the term (None: once)."""

    deltas: Any
    counts: Any


def of_term(reader: IndexReader, field: str, term: str) -> Iterator[Block]:
    """The posting list of a term, deleted documents included; nothing where a segment has it not."""
    terms = reader._terms
    where = terms._tindex.get(terms._keycoder(field, term.encode()))
    return blocks(where, terms._postfile.get) if where is not None else iter(())


def blocks(where: bytes, get: Callable[[int, int], bytes]) -> Iterator[Block]:
    """The posting list that the term index points to with `where`; `get` reads bytes from the file of postings."""
    said = memoryview(where)[W3TermInfo._struct.size :]
    if where[0]:  # a single posting, in the term index itself
        docs, counts, _ = loads(said)  # noqa: S301
        yield Block(docs, counts)
        return
    start, length = EXTENT.unpack_from(said)
    yield from _of(get(start, length), len(WHOOSH3_HEADER_MAGIC))


def _of(data: bytes, at: int) -> Iterator[Block]:
    view, file = memoryview(data), io.BytesIO(data)
    last = False
    while not last:
        (length,) = BLOCK_LENGTH.unpack_from(data, at)
        last, start = length < 0, at + BLOCK_LENGTH.size
        at = start + abs(length)
        file.seek(start)
        load(file)  # noqa: S301 - what Whoosh's matchers want to know of a block
        deltas, counts, _ = loads(view[file.tell() : at])  # noqa: S301
        yield Block(deltas, counts)
