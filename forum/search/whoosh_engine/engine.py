"""The default engine: Whoosh keeps the postings, numpy scores them."""

import shutil
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import structlog
from whoosh.index import FileIndex

from forum.search.port import Document, Hit, Query, Results, Unavailable
from forum.search.whoosh_engine import columns, completing, lexicon, preparing
from forum.search.whoosh_engine.deleting import Places
from forum.search.whoosh_engine.filling import fill
from forum.search.whoosh_engine.finding import answer
from forum.search.whoosh_engine.merging import few_small, tidy
from forum.search.whoosh_engine.snapshot import Snapshot
from forum.search.whoosh_engine.store import Store
from forum.search.whoosh_engine.writer import Writer

Answer = TypeVar("Answer")

STALE = 0.05  # share of documents that came, changed or went before the lexicon is made anew

log = structlog.get_logger()


class WhooshEngine:
    """An index in a directory. Nothing is opened before the first use."""

    def __init__(self, root: Path) -> None:
        self._store = Store(root)
        self._places = Places()
        self._changed = 0  # documents since the lexicon was made, by this process

    def search(self, query: Query) -> Results:
        began = time.perf_counter()
        found = self._ask(lambda snapshot: answer(snapshot, query), Results())
        return replace(found, took_ms=round((time.perf_counter() - began) * 1000, 2))

    def similar(self, title: str, body: str, but: int | None = None, limit: int = 5) -> Sequence[Hit]:
        return self._ask(lambda snapshot: completing.similar(snapshot, title, body, but, limit), [])

    def complete(self, text: str, limit: int = 8) -> Sequence[int]:
        return self._ask(lambda snapshot: completing.complete(snapshot, text, limit), [])

    def begun(self, beginnings: Sequence[str]) -> Mapping[str, int]:
        return self._ask(lambda snapshot: completing.begun(snapshot, beginnings), {})

    def prepare(self) -> None:
        self._ask(preparing.prepare, None)

    def _ask(self, question: Callable[[Snapshot], Answer], nothing: Answer) -> Answer:
        try:
            with self._store.snapshot() as snapshot:
                return question(snapshot) if snapshot is not None else nothing
        except Unavailable:
            raise
        except Exception as error:  # whatever a file that is gone or torn leads to
            log.exception("search_failed")
            raise Unavailable(str(error)) from error

    def write(self, documents: Iterable[Document], removed: Iterable[int] = ()) -> None:
        newest = {document.id: document for document in documents}
        writer = Writer(self._store.index())
        try:
            self._places.delete(writer, {*newest, *removed})
            for document in newest.values():
                writer.add(document)
        except BaseException:
            writer.cancel()
            raise
        writer.commit(mergetype=few_small)
        self._changed += len(newest)
        self._store.refresh()

    def rebuild(self, documents: Iterable[Document]) -> int:
        directory, index = self._store.beside()
        try:
            count = fill(directory, documents)
            _derive(directory, index)
        except BaseException:
            shutil.rmtree(directory, ignore_errors=True)
            raise
        self._store.put_in_place(directory)
        self._store.refresh()
        return count

    def ready(self) -> bool:
        directory = self._store.current()
        return directory is not None and directory.is_dir()

    def tend(self) -> bool:
        directory = self._store.current()
        if directory is None:
            return False
        self._store.sweep()
        index = self._store.index()
        known = lexicon.Lexicon.open(directory)
        if known is not None:
            changed = max(self._changed, abs(index.doc_count() - known.documents))
            if changed <= STALE * known.documents:
                return False
        Writer(index).commit(mergetype=tidy)
        _derive(directory, index)
        self._changed = 0
        self._store.refresh()
        return True

    def versions(self) -> dict[int, int]:
        self._store.refresh()
        with self._store.snapshot() as snapshot:
            if snapshot is None:
                return {}
            numbers, versions = (snapshot.columns[name][snapshot.alive] for name in ("number", "version"))
            return dict(zip(numbers.tolist(), versions.tolist(), strict=True))

    def close(self) -> None:
        self._store.close()


def _derive(directory: Path, index: FileIndex) -> None:
    """Write what readers can map instead of working it out."""
    reader = index.reader()
    try:
        columns.write_missing(reader, directory)
        terms = reader.iter_field("forms") if reader.doc_count_all() else ()
        frequencies = {term.decode(): int(info.doc_frequency()) for term, info in terms}
        lexicon.build(directory, frequencies, reader.doc_count())
    finally:
        reader.close()
