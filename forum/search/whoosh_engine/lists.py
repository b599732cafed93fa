"""Posting lists as they lie in the files of a segment, past Whoosh's readers, which look a term up several times and go posting by posting.

The term index is Whoosh's hash table on disk: tables of slots, each with the hash of a key and where the key stands.

The files are pickles, as Whoosh has it: their folder is ours alone.
"""

import io
import os
from collections.abc import Callable, Iterator
from pickle import load, loads
from struct import Struct
from typing import Any, NamedTuple

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3TermInfo
from whoosh.reading import IndexReader

SLOT = Struct("!Iq")
LENGTHS = Struct("!ii")  # before each term in the term index: of its key, of what is said of it
SAID = 64  # bytes: most terms have less to be said of them, and are read in one go
EXTENT = Struct("!qi")  # where the list of a term begins in the file of postings, and how long it is
BLOCK_LENGTH = Struct("!i")  # negative: the last block


class Block(NamedTuple):
    """A number and the differences to each next one, and how often each has the term (None: once)."""

    deltas: Any
    counts: Any


def of_term(reader: IndexReader, field: str, term: str) -> Iterator[Block]:
    """The posting list of a term, deleted documents included; nothing where a segment has it not."""
    where, file = look_up(reader, field, term), reader._terms._postfile.fileno()
    return blocks(where, lambda start, length: os.pread(file, length, start)) if where is not None else iter(())


def documents(reader: IndexReader, field: str, term: str) -> int:
    """In how many documents a term occurs, deleted ones included; reads no postings."""
    where = look_up(reader, field, term)
    return int(W3TermInfo._struct.unpack_from(where)[2]) if where is not None else 0


def look_up(reader: IndexReader, field: str, term: str) -> bytes | None:
    """What the term index says of a term; None where it has it not. A question looks up some hundred, so it goes past Whoosh here too."""
    terms, index = reader._terms, reader._terms._tindex
    key: bytes = terms._keycoder(field, term.encode())
    wanted = index.hashfn(key)
    start, slots = index.tables[wanted & 255]
    file = index.dbfile.fileno()
    for number in range(wanted >> 8, (wanted >> 8) + slots):
        found, at = SLOT.unpack(os.pread(file, SLOT.size, start + number % slots * SLOT.size))
        if not at:
            break
        if found == wanted and (said := _said(file, at, key)) is not None:
            return said
    return None


def _said(file: int, at: int, key: bytes) -> bytes | None:
    """What stands after the key at a place of the term index; None where another key stands there."""
    after = LENGTHS.size + len(key)
    item = os.pread(file, after + SAID, at)
    size, length = LENGTHS.unpack_from(item)
    if size != len(key) or item[LENGTHS.size : after] != key:
        return None
    return item[after : after + length] if length <= SAID else os.pread(file, length, at + after)


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
