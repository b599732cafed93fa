"""The package of a practice: its documents and a page about them in one ZIP, written while it is sent."""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath

from forum.core.filenames import safe_name

Pieces = Callable[[], Iterator[bytes] | None]  # the bytes of a file, asked for when its turn comes


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the package."""

    name: str
    at: datetime
    pieces: Pieces


def distinct(names: Sequence[str], taken: Iterable[str] = ()) -> list[str]:
    """The names made safe, in their order, each once whatever its case: the second «смета.xlsx» becomes «смета (2).xlsx»."""
    used, result = {name.lower() for name in taken}, []
    for name in map(safe_name, names):
        path, number, unique = PurePosixPath(name), 1, name
        while unique.lower() in used:
            number += 1
            unique = f"{path.stem} ({number}){path.suffix}"
        used.add(unique.lower())
        result.append(unique)
    return result


def packed(members: Iterable[Member]) -> Iterator[bytes]:
    """The archive piece by piece: no more of it than a piece is ever in memory. A file that is gone is left out.

    Nothing is compressed: office files and PDFs are so already.
    """
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for member in members:
            pieces = member.pieces()
            if pieces is None:
                continue
            with archive.open(zipfile.ZipInfo(member.name, member.at.timetuple()[:6]), "w") as file:
                for piece in pieces:
                    file.write(piece)
                    yield pipe.taken()
            yield pipe.taken()
    yield pipe.taken()


class _Pipe(io.RawIOBase):
    """What the archive writes to: forwards only, emptied as it fills."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self._parts.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """What came since the last time."""
        data = b"".join(self._parts)
        self._parts.clear()
        return data
