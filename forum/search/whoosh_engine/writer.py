"""Writes segments past Whoosh's own pool of postings, which sorts and copies each posting in Python, one by one.

The files are Whoosh's (codec W3 of the pinned version) and are read by it. Postings are gathered by term as documents come;
lists are written whole, since a block costs its reader as much as a thousand postings.
"""

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import compress
from operator import sub
from pathlib import Path
from pickle import dumps
from struct import pack
from typing import Any

import numpy as np
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3TermInfo
from whoosh.index import FileIndex
from whoosh.reading import SegmentReader
from whoosh.writing import SegmentWriter

from forum.search.port import Document
from forum.search.whoosh_engine.phrases import GAP, PLACES, starts
from forum.search.whoosh_engine.schema import SCHEMA, fields
from forum.search.whoosh_engine.whole import PostingList, posting_lists

BLOCK = 1 << 20  # postings
LONG = 50  # postings from which on numpy is faster
PROTOCOL = 5  # of pickles: arrays as bytes

_COLUMNS = {name: field.column_type for name, field in SCHEMA.items() if field.column_type is not None}
_INDEXED = sorted(name for name, field in SCHEMA.items() if field.indexed)


class Lists:
    """The posting lists of one field: by term its documents, and how often (None: once each)."""

    __slots__ = ("by_term", "counted")

    def __init__(self, counted: bool) -> None:
        self.by_term: dict[bytes, tuple[Any, Any]] = {}
        self.counted = counted

    def of(self, term: bytes) -> tuple[Any, Any]:
        """The lists of a term, to be added to."""
        found = self.by_term.get(term)
        if found is None:
            found = self.by_term[term] = (array("I"), array("f") if self.counted else None)
        return found

    def add_words(self, number: int, terms: Iterable[str]) -> None:
        """The terms of one document."""
        if not self.counted:
            for term in terms:
                self.of(term.encode())[0].append(number)
            return
        for term, often in Counter(terms).items():
            docs, weights = self.of(term.encode())
            docs.append(number)
            weights.append(often)

    def add_places(self, first: int, terms: Sequence[str]) -> None:
        """The terms of one document in their order, the first at this place of the segment."""
        for place, term in enumerate(terms, first):
            self.of(term.encode())[0].append(place)


class Writer(SegmentWriter):
    """One commit."""

    def __init__(self, index: FileIndex) -> None:
        # Not compound: Whoosh copies what it opens in a compound file into memory, once for each reader.
        super().__init__(index, codec=W3Codec(blocklimit=BLOCK, compression=0), compound=False)
        self._lists = {name: Lists(counted=name in ("text", "title")) for name in _INDEXED}
        self._place = 0  # where the next document begins

    def add(self, document: Document) -> None:
        """Take a document in; what has its id must have been deleted."""
        values = fields(document)
        self._put_columns({name: values[name] for name in _COLUMNS if values[name] is not None})
        for name in _INDEXED:
            value = values[name]
            if name == PLACES:
                self._lists[name].add_places(self._place, value)
                self._place += len(value) + GAP
            elif value:
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
        moving = self._moving([columns["length"][number] for number in range(len(numbers))], numbers)
        for one in posting_lists(reader, Path(self.storage.folder)):
            lists = self._lists.get(one.field)
            if lists is not None and one.field == PLACES:
                lists.of(one.term)[0].frombytes(moving.moved(one.docs).tobytes())
            elif lists is not None:
                _append(lists.of(one.term), one, numbers)

    def _moving(self, lengths: list[int], numbers: Any) -> "Moving":
        living = np.asarray(numbers) >= 0
        old, kept = starts(lengths), np.where(living, np.asarray(lengths, np.int64) + GAP, 0)
        new = self._place + np.cumsum(kept) - kept
        self._place += int(kept.sum())
        return Moving(old, new - old, living)

    # Called by Whoosh when it commits.

    def _flush_segment(self) -> None:
        self.perdocwriter.close()
        terms, file = self.fieldwriter._tindex, self.fieldwriter._postfile
        for number, name in enumerate(_INDEXED):
            lists = self._lists[name]
            self.fieldwriter._fieldmap[name] = number
            prefix = pack("!H", number)
            for term in sorted(lists.by_term):
                docs, weights = lists.by_term[term]
                if len(docs):
                    terms.add(prefix + term, _written(file, docs, weights))
            lists.by_term.clear()
        self.fieldwriter.close()


class Moving:
    """How places of words move when the documents of a segment go into another one."""

    def __init__(self, first: Any, by: Any, living: Any) -> None:
        self._first, self._by, self._living = first, by, living

    def moved(self, places: Sequence[int]) -> Any:
        """Those of the living documents."""
        old = np.asarray(places, np.int64)
        documents = np.searchsorted(self._first, old, side="right") - 1
        return (old + self._by[documents])[self._living[documents]].astype(np.uint32)


def _append(lists: tuple[Any, Any], others: PostingList, numbers: Any) -> None:
    """Add the postings of another segment, whose documents have these numbers now (-1: none)."""
    docs, weights = lists
    renumbered = [numbers[number] for number in others.docs]
    living = [number >= 0 for number in renumbered]
    whole = all(living)
    docs.extend(renumbered if whole else compress(renumbered, living))
    if weights is not None:
        weights.extend(others.weights if whole else compress(others.weights, living))


def _written(file: Any, docs: Any, weights: Any) -> bytes:
    """Write a posting list; returns what the term index says of it."""
    total, most = (float(sum(weights)), max(weights)) if weights is not None else (float(len(docs)), 1.0)
    inline = len(docs) == 1
    about: bytes = W3TermInfo._struct.pack(inline, total, len(docs), 0, 0, most, docs[0], docs[-1])
    if inline:
        return about + dumps(((docs[0],), (total,), (b"",)), 2)
    start = file.tell()
    file.write(WHOOSH3_HEADER_MAGIC)
    for first in range(0, len(docs), BLOCK):
        end = first + BLOCK
        _write_block(file, docs[first:end], weights and weights[first:end], last=end >= len(docs))
    return about + pack("!qi", start, file.tell() - start)


def _write_block(file: Any, docs: Any, weights: Any, last: bool) -> None:
    most = float(max(weights)) if weights is not None else 1.0
    counts = None if most == 1 else _narrow([*map(int, weights)])
    data = dumps((_deltas(docs), counts, None), PROTOCOL)
    about = dumps((len(docs), docs[-1], most, 0, 0, 0), 2)
    length = len(about) + len(data)
    file.write_int(-length if last else length)
    file.write(about)
    file.write(data)


def _deltas(docs: Any) -> Any:
    if len(docs) < LONG:
        return _narrow([docs[0], *map(sub, docs[1:], docs)])
    deltas = np.diff(np.frombuffer(docs, np.uint32), prepend=np.uint32(0))
    code = _code(int(deltas.max()))
    return array(code, deltas.astype(code).tobytes())


def _narrow(numbers: list[int]) -> Any:
    """Whole numbers as the narrowest array: bytes that are read without a look at each, by Whoosh as well."""
    return array(_code(max(numbers)), numbers)


def _code(most: int) -> str:
    return "B" if most < 1 << 8 else "H" if most < 1 << 16 else "I"
