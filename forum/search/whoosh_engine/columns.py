"""The columns of a segment as arrays: numbers, values of facets, words of titles.

A segment never changes but for its deletions. For a large one the arrays are written once into a file beside it, which
readers map instead of reading the index anew in each process; it can be lost without harm.
"""

import json
import mmap
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray
from whoosh.reading import IndexReader

from forum.search.port import COUNTED
from forum.search.whoosh_engine.postings import NOTHING, read
from forum.search.whoosh_engine.schema import NUMBERS

WORTH_A_FILE = 2_000  # documents; smaller segments are read in a moment
ENDING = ".arrays"
ALIGNED = 64

Numbers = NDArray[np.int64]
Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Facet:
    """Every (document, value) pair of one facet, by value: `codes` number the values."""

    values: list[str]
    docs: Codes
    codes: Codes


@dataclass(frozen=True, slots=True)
class Heads:
    """Words of titles, sorted by their UTF-8 bytes; `docs[starts[i]:starts[i + 1]]` have the i-th in their title."""

    words: list[bytes]
    starts: Codes
    docs: Codes


@dataclass(frozen=True, slots=True)
class Columns:
    """All of a segment that is looked at for each document."""

    numbers: dict[str, Numbers]
    facets: dict[str, Facet]
    heads: Heads
    mapped: mmap.mmap | None = None

    def give_back(self) -> None:
        """Hold no page of the file until it is read again: most of it is read once, when a snapshot puts its columns together."""
        if self.mapped is not None:
            self.mapped.madvise(mmap.MADV_DONTNEED)


def columns_of(reader: IndexReader, directory: Path) -> Columns:
    """From the file of the segment where there is one, else from the index."""
    try:
        return _load(_path(directory, reader))
    except (OSError, ValueError, KeyError):
        return _gather(reader)


def write_missing(reader: IndexReader, directory: Path) -> None:
    """Write the files of large segments that have none, and drop those of segments that are gone."""
    leaves = [leaf for leaf, _ in reader.leaf_readers()] if reader.doc_count_all() else []
    wanted = {_path(directory, leaf): leaf for leaf in leaves if leaf.doc_count_all() >= WORTH_A_FILE}
    for path, leaf in wanted.items():
        if not path.exists():
            _save(_gather(leaf), path)
    for path in set(directory.glob(f"*{ENDING}")) - set(wanted):
        path.unlink(missing_ok=True)


def _path(directory: Path, reader: IndexReader) -> Path:
    return directory / f"{reader.segment().segment_id()}{ENDING}"


# From the index.


def _gather(reader: IndexReader) -> Columns:
    size = reader.doc_count_all()
    return Columns(
        {name: _numbers(reader, name, size) for name in NUMBERS},
        {name: _facet(reader, name) for name in COUNTED},
        _heads(reader),
    )


def _numbers(reader: IndexReader, name: str, size: int) -> Numbers:
    """A column of whole numbers. The file ends with the last value that is not the default."""
    column = reader.column_reader(name, translate=False)
    values = np.zeros(size, np.int64)
    count = getattr(column, "_count", 0)
    if count:
        values[:count] = np.frombuffer(column._dbfile.get(0, count * 8), ">i8")
    return values


def _facet(reader: IndexReader, name: str) -> Facet:
    prefix = f"{name}="
    values, lists = [], []
    for raw in reader.expand_prefix("facet", prefix):
        value = raw.decode() if isinstance(raw, bytes) else raw
        values.append(value.removeprefix(prefix))
        lists.append(read(reader, "facet", value).docs)
    codes = np.repeat(np.arange(len(lists), dtype=np.int32), [len(docs) for docs in lists])
    return Facet(values, np.concatenate(lists) if lists else NOTHING.docs, codes)


def _heads(reader: IndexReader) -> Heads:
    words = list(reader.lexicon("heads"))
    lists = [read(reader, "heads", word.decode()).docs for word in words]
    starts = np.zeros(len(lists) + 1, np.int32)
    np.cumsum([len(docs) for docs in lists], out=starts[1:])
    return Heads(words, starts, np.concatenate(lists) if lists else NOTHING.docs)


# In a file: a line of JSON that says where each array lies, then the arrays.


def _named(columns: Columns) -> Iterator[tuple[str, Any]]:
    for name, numbers in columns.numbers.items():
        yield f"numbers/{name}", numbers
    for name, facet in columns.facets.items():
        yield f"docs/{name}", facet.docs
        yield f"codes/{name}", facet.codes
    yield "heads/starts", columns.heads.starts
    yield "heads/docs", columns.heads.docs


def _save(columns: Columns, path: Path) -> None:
    arrays = {name: np.ascontiguousarray(array) for name, array in _named(columns)}
    places, at = {}, 0
    for name, array in arrays.items():
        places[name] = (at, len(array), array.dtype.str)
        at += -(-array.nbytes // ALIGNED) * ALIGNED
    words = b"\n".join(columns.heads.words).decode()
    head = json.dumps({"arrays": places, "values": {n: f.values for n, f in columns.facets.items()}, "words": words}, ensure_ascii=False)
    draft = path.with_name(f".{uuid4().hex}")
    with draft.open("wb") as file:
        file.write(head.encode() + b"\n")
        file.write(b"\0" * (-file.tell() % ALIGNED))
        for array in arrays.values():
            file.write(array.tobytes())
            file.write(b"\0" * (-array.nbytes % ALIGNED))
    os.replace(draft, path)


def _load(path: Path) -> Columns:
    with path.open("rb") as file:
        line = file.readline()
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    head = json.loads(line)
    start = -(-len(line) // ALIGNED) * ALIGNED

    def array(name: str) -> Any:
        at, length, kind = head["arrays"][name]
        return np.frombuffer(mapped, kind, length, start + at)  # a ValueError where the file is cut off

    words = head["words"].encode().split(b"\n") if head["words"] else []
    return Columns(
        {name: array(f"numbers/{name}") for name in NUMBERS},
        {name: Facet(head["values"][name], array(f"docs/{name}"), array(f"codes/{name}")) for name in COUNTED},
        Heads(words, array("heads/starts"), array("heads/docs")),
        mapped,
    )
