"""The archive: a tar whose last member, the manifest, says what the others must be. Nothing in it is believed before that."""

import hashlib
import io
import json
import os
import re
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

FORMAT = "municipal-practices-backup"
VERSION = 1
MANIFEST = "manifest.json"
DATABASE = "database.sqlite3"
LARGEST_MANIFEST = 256 * 1024 * 1024
_PIECE = 256 * 1024
_NAME = re.compile(rf"{re.escape(DATABASE)}|tables/[a-z_0-9]{{1,63}}/\d{{6}}|files/[0-9a-f]{{2}}/[0-9a-f]{{2}}/[0-9a-f]{{64}}")


class Unsound(Exception):
    """The archive is torn, changed, or none of ours; the message is for people."""


@dataclass
class Manifest:
    """What the archive holds. `tables`: rows by table; `parts`: bytes and sha256 by member; `columns`: of copied tables, in their order."""

    format: str = FORMAT
    version: int = VERSION
    made_at: str = ""
    database: str = ""  # sqlite or postgresql
    revision: str = ""
    stamp: int = 0
    tables: dict[str, int] = field(default_factory=dict)
    columns: dict[str, list[str]] = field(default_factory=dict)
    files: int = 0
    missing: list[str] = field(default_factory=list)  # files that rows name and the store had not
    parts: dict[str, list[Any]] = field(default_factory=dict)


class Hashing:
    """A stream that knows the digest of what was read from it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.digest, self.size = stream, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        piece = self.stream.read(size)
        self.digest.update(piece)
        self.size += len(piece)
        return piece


class Writer:
    """Writes beside the wanted name and takes the name when all is written; what was begun and not ended leaves nothing."""

    def __init__(self, path: Path) -> None:
        self.path, self.beside = path, path.with_name(f".{path.name}.{os.getpid()}")
        self.manifest = Manifest()

    def __enter__(self) -> Self:
        # Ours alone: it holds addresses, hashes of passwords, drafts.
        self._file = os.fdopen(os.open(self.beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb")
        packed = self.path.suffix in (".gz", ".tgz")
        self._tar = tarfile.open(fileobj=self._file, mode="w|gz" if packed else "w|", format=tarfile.PAX_FORMAT)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            self._file.close()
            self.beside.unlink(missing_ok=True)

    def add(self, name: str, stream: IO[bytes], size: int) -> None:
        """Add a part of so many bytes, a piece at a time."""
        source = Hashing(stream)
        self._add(name, source, size)
        self.manifest.parts[name] = [source.size, source.digest.hexdigest()]

    def add_bytes(self, name: str, content: bytes) -> None:
        self.add(name, io.BytesIO(content), len(content))

    def _add(self, name: str, stream: Any, size: int) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, stream)

    def _finish(self) -> None:
        content = json.dumps(asdict(self.manifest), ensure_ascii=False, indent=1).encode()
        self._add(MANIFEST, io.BytesIO(content), len(content))
        self._tar.close()
        self._file.flush()
        os.fsync(self._file.fileno())
        os.replace(self.beside, self.path)


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, OSError, ValueError, zlib.error) as error:
        raise Unsound("Архив повреждён, или это не архив.") from error


def members(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Name and content of each member, in order; raises Unsound where the archive can't be read."""
    with _readable(), tarfile.open(path, "r|*") as tar:
        for member in tar:
            stream = tar.extractfile(member) if member.isreg() else None
            if stream is None or not (member.name == MANIFEST or _NAME.fullmatch(member.name)):
                raise Unsound(f"В архиве лишнее: {member.name[:80]!r}.")
            yield member.name, stream


def parts(path: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """The members that the manifest speaks of."""
    return ((name, stream) for name, stream in members(path) if name != MANIFEST)


def verified(path: Path) -> Manifest:
    """Read all of it and compare with its manifest; raises Unsound. Nothing is written anywhere."""
    found: dict[str, list[Any]] = {}
    content: bytes | None = None
    for name, stream in members(path):
        if content is not None or name in found:
            raise Unsound("В архиве есть что-то после описи.")
        if name == MANIFEST:
            with _readable():
                content = stream.read(LARGEST_MANIFEST)
            continue
        source = Hashing(stream)
        with _readable():
            while source.read(_PIECE):
                pass
        found[name] = [source.size, source.digest.hexdigest()]
    if content is None:
        raise Unsound("Архив оборван: в нём нет описи. Возьмите другую копию.")
    manifest = _manifest(content)
    if manifest.parts != found:
        wrong = sorted(name for name in manifest.parts.keys() | found.keys() if manifest.parts.get(name) != found.get(name))
        raise Unsound(f"Содержимое не сходится с описью: {', '.join(wrong[:3])}. Возьмите другую копию.")
    return manifest


def _manifest(content: bytes) -> Manifest:
    try:
        manifest = Manifest(**json.loads(content))
    except (ValueError, TypeError) as error:
        raise Unsound("Опись архива не читается.") from error
    if manifest.format != FORMAT:
        raise Unsound("Это не резервная копия сайта.")
    if manifest.version != VERSION:
        raise Unsound(f"Копия сделана более новой версией сайта (вид {manifest.version}): сначала обновите сайт.")
    return manifest
