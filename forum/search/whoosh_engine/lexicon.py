"""The words of the index on disk: how frequent they are, and which known words lie one or two edits from a misspelt one.

The keys of `spelling` are hashes in a sorted array that is mapped, not loaded, so processes share it.
"""

import json
import os
import shutil
import zlib
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import numpy as np

from forum.search import spelling
from forum.search.analysis import grams

NAME = "lexicon"


def _key(text: str) -> int:
    return zlib.crc32(text.encode())


class Lexicon:
    """A read-only view of what `build` wrote."""

    def __init__(self, folder: Path) -> None:
        about = json.loads((folder / "about.json").read_text())
        self.documents: int = about["documents"]
        self._blob = np.load(folder / "words.npy", mmap_mode="r")
        self._ends = np.load(folder / "ends.npy", mmap_mode="r")
        self._frequency = np.load(folder / "frequency.npy", mmap_mode="r")
        self._keys = np.load(folder / "keys.npy", mmap_mode="r")
        self._owners = np.load(folder / "owners.npy", mmap_mode="r")
        self._gram_keys = np.load(folder / "gram_keys.npy", mmap_mode="r")
        self._gram_documents = np.load(folder / "gram_documents.npy", mmap_mode="r")

    @classmethod
    def open(cls, directory: Path) -> "Lexicon | None":
        """The newest one beside an index, if there is one whole."""
        for folder in sorted(directory.glob(f"{NAME}-*"), reverse=True):
            try:
                return cls(folder)
            except (OSError, ValueError):
                continue
        return None

    def gram_frequency(self, gram: str) -> float:
        """In how many documents a piece of a word occurs (an estimate from the words that have it)."""
        at = np.searchsorted(self._gram_keys, np.uint32(_key(gram)))
        found = at < len(self._gram_keys) and self._gram_keys[at] == _key(gram)
        return float(self._gram_documents[at]) if found else 0.0

    def corrections(self, word: str) -> list[tuple[str, int]]:
        """Known words nearest to an unknown one, with their distance: the nearest first, among these the most frequent."""
        if len(word) < spelling.SHORTEST:
            return []
        near = {owner for key in spelling.keys(word) for owner in self._owned(_key(key))}
        return spelling.nearest(word, ((self._word(owner), int(self._frequency[owner])) for owner in near))

    def _owned(self, key: int) -> list[int]:
        first, last = np.searchsorted(self._keys, np.uint32(key), "left"), np.searchsorted(self._keys, np.uint32(key), "right")
        return [int(owner) for owner in self._owners[first:last]]

    def _word(self, number: int) -> str:
        start = int(self._ends[number - 1]) if number else 0
        return bytes(self._blob[start : int(self._ends[number])]).decode()


def build(directory: Path, frequencies: Mapping[str, int], documents: int) -> None:
    """Write the lexicon of an index beside it; readers see it when it is whole, older ones go."""
    folder = directory / f".{NAME}-{uuid4().hex}"
    folder.mkdir()
    for name, array in _arrays(frequencies, documents).items():
        np.save(folder / f"{name}.npy", array)
    (folder / "about.json").write_text(json.dumps({"documents": documents}))
    old = [*directory.glob(f"{NAME}-*")]
    os.replace(folder, directory / f"{NAME}-{max([_number(path) for path in old], default=0) + 1:08d}")
    for path in old:
        shutil.rmtree(path, ignore_errors=True)


def _number(path: Path) -> int:
    return int(path.name.removeprefix(f"{NAME}-"))


def _arrays(frequencies: Mapping[str, int], documents: int) -> dict[str, np.ndarray]:
    known = sorted(frequencies)
    encoded = [word.encode() for word in known]
    keys: list[int] = []
    owners: list[int] = []
    for number, word in enumerate(known):
        if spelling.worth_keys(word):
            mine = {_key(key) for key in spelling.keys(word)}
            keys.extend(mine)
            owners.extend([number] * len(mine))
    order = np.argsort(np.array(keys, np.uint32), kind="stable")
    gram_keys, gram_documents = _grams(known, frequencies, documents)
    return {
        "words": np.frombuffer(b"".join(encoded), np.uint8),
        "ends": np.cumsum([len(word) for word in encoded], dtype=np.uint32),
        "frequency": np.array([frequencies[word] for word in known], np.uint32),
        "keys": np.array(keys, np.uint32)[order],
        "owners": np.array(owners, np.uint32)[order],
        "gram_keys": gram_keys,
        "gram_documents": gram_documents,
    }


def _grams(known: list[str], frequencies: Mapping[str, int], documents: int) -> tuple[np.ndarray, np.ndarray]:
    """Documents with each gram, as if its words were spread independently: their own count would need every text again."""
    total = max(documents, 1)
    keys: list[int] = []
    absent: list[float] = []
    for word in known:
        pieces = set(grams([word]))
        keys.extend(_key(piece) for piece in pieces)
        absent.extend([np.log1p(-min(frequencies[word], total - 0.5) / total)] * len(pieces))
    unique, inverse = np.unique(np.array(keys, np.uint32), return_inverse=True)
    return unique, (total * (1 - np.exp(np.bincount(inverse, weights=absent, minlength=len(unique))))).astype(np.float32)
