"""Fills a new index from nothing: segment by segment, so that memory stays bounded; in a process beside the one that reads."""

import multiprocessing
import os
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing.connection import wait
from pathlib import Path

from whoosh.index import open_dir
from whoosh.writing import NO_MERGE

from forum.search.port import Document
from forum.search.whoosh_engine.schema import SCHEMA
from forum.search.whoosh_engine.writer import Writer

SEGMENT = 25_000  # documents
CHUNK = 500  # documents that travel to the other process at once
ALONE = 2_000  # fewer are not worth a process


def fill(directory: Path, documents: Iterable[Document]) -> int:
    """Write all documents into the empty index of a directory; returns how many."""
    coming = iter(documents)
    first = list(islice(coming, ALONE))
    if len(first) < ALONE:
        return _segment(directory, first)
    # Not forked: this process may have threads and open databases.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _end_with_parent) as beside:
        return _beside(beside, directory, first, coming)


def _beside(beside: ProcessPoolExecutor, directory: Path, first: list[Document], coming: Iterator[Document]) -> int:
    waiting: list[Future[int]] = [beside.submit(_gather, directory, first)]
    count, since = len(first), len(first)
    while some := list(islice(coming, CHUNK)):
        waiting.append(beside.submit(_gather, directory, some))
        count, since = count + len(some), since + len(some)
        if since >= SEGMENT:
            waiting.append(beside.submit(_finish))
            since = 0
        while len(waiting) > 4:
            waiting.pop(0).result()
    waiting.append(beside.submit(_finish))
    for one in waiting:
        one.result()
    return count


def _end_with_parent() -> None:
    """Whoever kills the rebuild kills this process too: nobody would ever tell it to stop."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()


# In the other process: the writer of the segment that is being filled.
_open: list[Writer] = []


def _gather(directory: Path, documents: list[Document]) -> int:
    if not _open:
        _open.append(Writer(open_dir(directory, schema=SCHEMA)))
    for document in documents:
        _open[0].add(document)
    return len(documents)


def _finish() -> int:
    if _open:
        _open.pop().commit(mergetype=NO_MERGE)
    return 0


def _segment(directory: Path, documents: list[Document]) -> int:
    if documents:
        _gather(directory, documents)
        _finish()
    return len(documents)
