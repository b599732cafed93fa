"""Where the index lies, and how readers come by its newest state.

`root/CURRENT` names the directory of the index in use. A rebuild writes another directory and replaces that file, which
is atomic; readers notice within `CHECK_EVERY` seconds, as they notice a commit by its generation.
"""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from whoosh.index import FileIndex, create_in, open_dir

from forum.search.analysis import look_up_in
from forum.search.port import Unavailable
from forum.search.whoosh_engine.lexicon import Lexicon
from forum.search.whoosh_engine.schema import SCHEMA
from forum.search.whoosh_engine.snapshot import Snapshot

CHECK_EVERY = 0.1
RETRIES = 5
PREFIX = "index-11-"  # the number grows when what is written changes its layout, or the analysis its terms


class Store:
    """The directories of an index, and the snapshot that searches share."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = threading.Lock()
        self._snapshot: Snapshot | None = None
        self._opened: tuple[str, int, int] | None = None
        self._checked = 0.0
        self._process = os.getpid()

    # Writing.

    def current(self) -> Path | None:
        """The directory in use, or None before the first document."""
        try:
            name = (self.root / "CURRENT").read_text().strip()
        except FileNotFoundError:
            return None
        # An index of an older release is no index: its documents are laid out otherwise.
        return self.root / name if name.startswith(PREFIX) else None

    def index(self) -> FileIndex:
        """The index in use, for the writer; made when there is none."""
        directory = self.current()
        if directory is None or not directory.is_dir():
            directory, index = self.beside()
            self.put_in_place(directory)
            return index
        return open_dir(directory, schema=SCHEMA)

    def beside(self) -> tuple[Path, FileIndex]:
        """A new, empty index that nobody reads yet. Whoosh's files are pickles: the directory is ours alone."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        directory = self.root / f"{PREFIX}{int(time.time())}-{uuid4().hex[:8]}"
        directory.mkdir(mode=0o700)
        return directory, create_in(directory, SCHEMA)

    def put_in_place(self, directory: Path) -> None:
        """Let readers go over to this index at once, and drop all others."""
        note = self.root / f".CURRENT-{uuid4().hex}"
        note.write_text(directory.name)
        os.replace(note, self.root / "CURRENT")
        self.sweep()

    def sweep(self) -> None:
        """Drop indexes that nobody uses, and drafts: what writers have left that were killed. For who alone writes."""
        current = self.current()
        others = [path for path in self.root.glob("index-*") if path != current]
        drafts = [*self.root.glob(".CURRENT-*"), *(current.glob(".*") if current else ())]
        for path in (*others, *drafts):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    # Reading.

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot | None]:
        """The newest state, open for as long as it is used; None while there is no index."""
        with self._lock:
            if os.getpid() != self._process:  # a fork shares file positions with its parent
                self._snapshot, self._opened, self._process = None, None, os.getpid()
            if self._snapshot is None or time.monotonic() - self._checked >= CHECK_EVERY:
                self._renew()
                self._checked = time.monotonic()
            snapshot = self._snapshot
            if snapshot is not None:
                snapshot.take()
        try:
            yield snapshot
        finally:
            if snapshot is not None:
                snapshot.leave()

    def refresh(self) -> None:
        """Look for a newer state at the next search, however soon it comes."""
        self._checked = 0.0

    def close(self) -> None:
        with self._lock:
            if self._snapshot is not None:
                self._snapshot.retire()
            self._snapshot = self._opened = None
            look_up_in(None)

    def _renew(self) -> None:
        """Open anew, swap, close the old; a writer or a rebuild may take files away meanwhile, so try again."""
        for attempt in range(RETRIES):
            try:
                self._swap()
                return
            except Exception as error:  # Whoosh raises whatever the missing file leads to
                if attempt == RETRIES - 1:
                    if self._snapshot is not None:
                        return
                    raise Unavailable(str(error)) from error
                time.sleep(0.02 * (attempt + 1))

    def _swap(self) -> None:
        directory = self.current()
        if directory is None:
            return
        index = open_dir(directory, schema=SCHEMA)
        lexicon = max((path.name for path in directory.glob("lexicon-*")), default="")
        state = (directory.name, index.latest_generation(), int(lexicon[8:] or 0))
        if state == self._opened:
            return
        known = self._snapshot.segments if self._snapshot is not None else {}
        words = Lexicon.open(directory)
        fresh = Snapshot(index, directory, words, known)
        look_up_in(words)
        old, self._snapshot, self._opened = self._snapshot, fresh, state
        if old is not None:
            old.retire()
