"""The words of the index on disk: how frequent they are, and which known words lie one or two edits from a misspelt one.

Symmetric delete: a word and everything that is left of it when one letter is taken out are keys; two words within one
edit of each other share a key. Keys are hashes in a sorted array that is mapped, not loaded, so processes share it.
"""

import json
import os
import shutil
import zlib
from collections.abc import Mapping
from pathlib import Path
from uuid import uuid4

import numpy as np

from forum.search.analysis import grams

NAME = "lexicon"
SHORTEST = 4  # shorter words have too many neighbours to guess among
CANDIDATES = 8


def _key(text: str) -> int:
    return zlib.crc32(text.encode())


def _deletions(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


def distance(one: str, other: str) -> int:
    """Edits between two words: insertions, deletions, replacements and swaps of neighbours."""
    before: list[int] = []
    previous = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        current = [i]
        for j, b in enumerate(other, 1):
            best = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]:
                best = min(best, before[j - 2] + 1)
            current.append(best)
        before, previous = previous, current
    return previous[-1]


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
        if len(word) < SHORTEST:
            return []
        near = {owner for key in (word, *_deletions(word)) for owner in self._owned(_key(key))}
        graded = []
        for owner in near:
            candidate = self._word(owner)
            edits = distance(word, candidate)
            if 0 < edits <= 2:
                graded.append((edits, -int(self._frequency[owner]), candidate))
        return [(candidate, edits) for edits, _, candidate in sorted(graded)[:CANDIDATES]]

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
        if len(word) >= SHORTEST - 1 and not word.isdigit():
            mine = {_key(key) for key in (word, *_deletions(word))}
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
