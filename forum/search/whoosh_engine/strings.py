"""Sorted strings on disk, mapped and not loaded: so many words as an index has would be megabytes in each process."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np


class Strings:
    """A read-only view of what `save` wrote: strings by number, numbers by string."""

    def __init__(self, folder: Path, name: str) -> None:
        self._blob = memoryview(np.load(folder / f"{name}.npy", mmap_mode="r"))
        self._ends = memoryview(np.load(folder / f"{name}_ends.npy", mmap_mode="r"))

    def __len__(self) -> int:
        return len(self._ends)

    def __getitem__(self, number: int) -> str:
        return str(self._raw(number), "utf-8")

    def find(self, text: str) -> int | None:
        """The number of a string; None where it is not among them."""
        wanted = text.encode()
        low, high = 0, len(self._ends)
        while low < high:
            middle = (low + high) // 2
            if self._raw(middle) < wanted:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self._ends) and self._raw(low) == wanted else None

    def _raw(self, number: int) -> bytes:
        return bytes(self._blob[self._ends[number - 1] if number else 0 : self._ends[number]])


def save(folder: Path, name: str, strings: Iterable[str]) -> None:
    """Write strings, which come in their order (the same by letters as by bytes of UTF-8)."""
    encoded = [one.encode() for one in strings]
    np.save(folder / f"{name}.npy", np.frombuffer(b"".join(encoded), np.uint8))
    np.save(folder / f"{name}_ends.npy", np.cumsum([len(one) for one in encoded], dtype=np.uint32))
