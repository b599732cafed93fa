"""Writes segments past Whoosh's own pool of postings, which sorts and copies each posting in Python, one by one.

The files are Whoosh's (codec W3 of the pinned version) and are read by it. Postings are gathered by term as documents come;
lists are written whole or in blocks larger than Whoosh's, since a block costs its reader as much as a thousand postings.
"""

import zlib
from array import array
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress
from operator import sub
from pathlib import Path
from pickle import dumps
from struct import pack
from typing import Any

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3TermInfo
from whoosh.formats import Positions
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from forum.search.port import Document
from forum.search.whoosh_engine.schema import SCHEMA, fields
from forum.search.whoosh_engine.whole import PostingList, posting_lists

BLOCK = 1024  # postings with values: of those who has a phrase is read block by block
WHOLE = 1 << 20  # of the others, whose lists are read as one
COMPRESSION = 1  # of blocks with values; the others are read too often
PROTOCOL = 5  # of pickles: arrays as bytes
WORTH_COMPRESSING = 300  # bytes: setting out to compress costs more than it saves on less

_COLUMNS = {name: field.column_type for name, field in SCHEMA.items() if field.column_type is not None}
_INDEXED = sorted(name for name, field in SCHEMA.items() if field.indexed)
_encode = Positions().encode


@lru_cache(maxsize=5_000)
def _encode_one(place: int) -> bytes:
    """Most terms stand in a text once."""
    encoded: bytes = _encode([place])
    return encoded


class Lists:
    """The posting lists of one field: by term its documents, how often (None: once each), and what goes with each posting."""

    __slots__ = ("by_term", "counted", "placed")

    def __init__(self, counted: bool, placed: bool) -> None:
        self.by_term: dict[bytes, tuple[Any, Any, Any]] = {}
        self.counted = counted
        self.placed = placed

    def of(self, term: bytes) -> tuple[Any, Any, Any]:
        """The lists of a term, to be added to."""
        found = self.by_term.get(term)
        if found is None:
            found = self.by_term[term] = (array("I"), array("f") if self.counted else None, [] if self.placed else None)
        return found

    def add_words(self, number: int, terms: Sequence[str]) -> None:
        """The terms of one document in their order."""
        if not self.counted:
            for term in terms:
                self.of(term.encode())[0].append(number)
            return
        places: dict[str, list[int]] = {}
        for place, term in enumerate(terms):
            its = places.get(term)
            if its is None:
                places[term] = [place]
            else:
                its.append(place)
        for term, its in places.items():
            docs, weights, values = self.of(term.encode())
            docs.append(number)
            weights.append(len(its))
            if values is not None:
                values.append(_encode(its) if len(its) > 1 else _encode_one(its[0]))


class Writer(SegmentWriter):
    """One commit."""

    def __init__(self, index: FileIndex) -> None:
        # Not compound: Whoosh copies what it opens in a compound file into memory, once for each reader.
        super().__init__(index, codec=W3Codec(blocklimit=BLOCK, compression=COMPRESSION), compound=False)
        self._lists = {name: Lists(counted=name in ("text", "title", "places"), placed=name == "places") for name in _INDEXED}

    def add(self, document: Document) -> None:
        """Take a document in; what has its id must have been deleted."""
        values = fields(document)
        self._put_columns({name: values[name] for name in _COLUMNS if values[name] is not None})
        for name in _INDEXED:
            value = values[name]
            if value:
                self._lists[name].add_words(self.docnum, [value] if isinstance(value, str) else value)
        self.docnum += 1
        self._added = True

    def _put_columns(self, values: dict[str, Any]) -> None:
        columns = self.perdocwriter
        columns.start_doc(self.docnum)
        for name, value in values.items():
            columns.add_column_value(name, _COLUMNS[name], value)
        columns.finish_doc()

    def add_reader(self, reader: SegmentReader) -> None:
        """Take in the living documents of another segment."""
        # Whatever Whoosh puts around it hides the deleted ones; we leave those out ourselves.
        first, numbers = self.docnum, array("i")
        columns = {name: reader.column_reader(name, translate=False) for name in _COLUMNS}
        deleted = set(reader.segment().deleted_docs())
        for number in range(reader.doc_count_all()):
            if number in deleted:
                numbers.append(-1)
                continue
            numbers.append(self.docnum)
            self._put_columns({name: column[number] for name, column in columns.items()})
            self.docnum += 1
        self._added = self._added or self.docnum > first
        for one in posting_lists(reader, Path(self.storage.folder)):
            lists = self._lists.get(one.field)
            if lists is not None:
                _append(lists.of(one.term), one, numbers)

    # Called by Whoosh when it commits.

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        terms, file = self.fieldwriter._tindex, self.fieldwriter._postfile
        for number, name in enumerate(_INDEXED):
            lists = self._lists[name]
            self.fieldwriter._fieldmap[name] = number
            prefix = pack("!H", number)
            for term in sorted(lists.by_term):
                docs, weights, values = lists.by_term[term]
                if len(docs):
                    terms.add(prefix + term, _written(file, docs, weights, values))
            lists.by_term.clear()
        self.fieldwriter.close()


def _append(lists: tuple[Any, Any, Any], others: PostingList, numbers: Any) -> None:
    """Add the postings of another segment, whose documents have these numbers now (-1: none)."""
    docs, weights, values = lists
    renumbered = [numbers[number] for number in others.docs]
    living = [number >= 0 for number in renumbered]
    whole = all(living)
    docs.extend(renumbered if whole else compress(renumbered, living))
    if weights is not None:
        weights.extend(others.weights if whole else compress(others.weights, living))
    if values is not None and others.values is not None:
        values.extend(others.values if whole else compress(others.values, living))


def _written(file: Any, docs: Any, weights: Any, values: Any) -> bytes:
    """Write a posting list; returns what the term index says of it."""
    total, most = (float(sum(weights)), max(weights)) if weights is not None else (float(len(docs)), 1.0)
    inline = len(docs) == 1
    about: bytes = W3TermInfo._struct.pack(inline, total, len(docs), 0, 0, most, docs[0], docs[-1])
    if inline:
        whole = ((docs[0],), (total,), (values[0],) if values is not None else (b"",))
        return about + dumps(whole, 2)
    start = file.tell()
    file.write(WHOOSH3_HEADER_MAGIC)
    block = WHOLE if values is None else BLOCK
    for first in range(0, len(docs), block):
        end = first + block
        _write_block(file, docs[first:end], weights and weights[first:end], values and values[first:end], last=end >= len(docs))
    return about + pack("!qi", start, file.tell() - start)


def _write_block(file: Any, docs: Any, weights: Any, values: Any, last: bool) -> None:
    most = float(max(weights)) if weights is not None else 1.0
    deltas = _narrow([docs[0], *map(sub, docs[1:], docs)])
    counts = None if most == 1 else _narrow([*map(int, weights)])
    data = dumps((deltas, counts, tuple(values) if values is not None else None), PROTOCOL)
    compression = COMPRESSION if values is not None and len(data) >= WORTH_COMPRESSING else 0
    if compression:
        data = zlib.compress(data, compression)
    about = dumps((len(docs), docs[-1], most, compression, 0, 0), 2)
    length = len(about) + len(data)
    file.write_int(-length if last else length)
    file.write(about)
    file.write(data)


def _narrow(numbers: list[int]) -> Any:
    """Whole numbers as the narrowest array: bytes that are read without a look at each, by Whoosh as well."""
    most = max(numbers)
    return array("B" if most < 1 << 8 else "H" if most < 1 << 16 else "I", numbers)
