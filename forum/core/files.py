"""Where files lie: a folder, memory (tests) or, later, an S3 bucket; the address of the store says which."""

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

from forum.core.late import Late

if TYPE_CHECKING:
    import obstore
    from obstore import exceptions, store
else:
    obstore, exceptions, store = Late("obstore"), Late("obstore.exceptions"), Late("obstore.store")

_KEY = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{64}")


class StoreAway(OSError):
    """The store can't take or give a file now: its disk is full, or it does not answer."""


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError:
        raise
    except (exceptions.BaseError, OSError) as error:
        raise StoreAway(str(error)) from error


class FileStore(Protocol):
    """Bytes under keys that the server made. A key of any other shape raises ValueError: no name of a user's gets here.

    Putting and getting raise `StoreAway`.
    """

    def put(self, key: str, content: bytes) -> None:
        """Store all of it or nothing, replacing what was there."""

    def put_stream(self, file: IO[bytes]) -> str:
        """Store a file that may be too large for memory, from its beginning; the key it got."""

    def get(self, key: str) -> bytes | None:
        """The bytes, or None when there is no such file."""

    def stream(self, key: str) -> Iterator[bytes] | None:
        """The bytes in pieces, or None when there is no such file."""

    def delete(self, key: str) -> None:
        """Remove it; a missing one is no error."""

    def keys(self) -> Iterator[str]:
        """Every key in the store."""


def key_for(content: bytes) -> str:
    """`ab/cd/<sha256>` of the content. Equal files share a key: delete one only when no row names its key any more."""
    return _key(hashlib.sha256(content).hexdigest())


def _key(digest: str) -> str:
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError(f"not a key of the file store: {key!r}")
    return key


class _ObjectStore:
    """FileStore over obstore, whose puts are atomic: a folder gets a temporary file that is then renamed."""

    def __init__(self, opened: "Callable[[], store.ObjectStore]") -> None:
        self._open = opened

    @cached_property
    def _store(self) -> "store.ObjectStore":
        return self._open()

    def put(self, key: str, content: bytes) -> None:
        with _reached():
            obstore.put(self._store, _checked(key), content)

    def put_stream(self, file: IO[bytes]) -> str:
        file.seek(0)
        key = _key(hashlib.file_digest(file, "sha256").hexdigest())  # type: ignore[arg-type]
        file.seek(0)
        with _reached():
            obstore.put(self._store, key, file)
        return key

    def get(self, key: str) -> bytes | None:
        try:
            with _reached():
                return bytes(obstore.get(self._store, _checked(key)).bytes())
        except FileNotFoundError:
            return None

    def stream(self, key: str) -> Iterator[bytes] | None:
        try:
            found = obstore.get(self._store, _checked(key))
        except FileNotFoundError:
            return None
        return (bytes(piece) for piece in found.stream())

    def delete(self, key: str) -> None:
        try:
            obstore.delete(self._store, _checked(key))
        except FileNotFoundError:
            return

    def keys(self) -> Iterator[str]:
        for page in obstore.list(self._store):
            yield from (entry["path"] for entry in page if _KEY.fullmatch(entry["path"]))


def open_store(url: str) -> FileStore:
    """The store at `file:///absolute/folder` (made when missing), `memory:///` or another address obstore knows (`s3://…`)."""
    parts = urlsplit(url)
    if parts.scheme == "memory":
        return _ObjectStore(lambda: store.MemoryStore())
    if parts.scheme == "file":
        folder = Path(unquote(parts.path))
        if parts.netloc or not folder.is_absolute() or folder == Path("/"):
            raise ValueError(f"a folder's address is file:///absolute/path, not {url!r}")
        # Only this system's user reads it: the files are served by the application, which asks who may.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _ObjectStore(lambda: store.LocalStore(folder))
    opened = store.from_url(url)  # at once: a wrong address is to be known at the start
    return _ObjectStore(lambda: opened)
