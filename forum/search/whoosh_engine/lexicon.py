"""The words of the index on disk: how frequent they are, their search terms, and which known words lie near a misspelt one.

The keys of `spelling` are hashes in a sorted array that is mapped, not loaded, so processes share it.
"""

import json
import os
import shutil
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import uuid4

import numpy as np

from forum.search import spelling
from forum.search.analysis import grams, mark, token
from forum.search.whoosh_engine import strings
from forum.search.whoosh_engine.strings import Strings

NAME = "lexicon"


def _key(text: str) -> int:
    return zlib.crc32(text.encode())


class Lexicon:
    """A read-only view of what `build` wrote."""

    def __init__(self, folder: Path) -> None:
        about = json.loads((folder / "about.json").read_text())
        self.documents: int = about["documents"]
        self._words = Strings(folder, "words")
        self._terms = Strings(folder, "terms")
        self._term = np.load(folder / "term.npy", mmap_mode="r")
        self._mark_keys = np.load(folder / "mark_keys.npy", mmap_mode="r")
        self._marks = np.load(folder / "marks.npy", mmap_mode="r")
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

    def term(self, word: str) -> str | None:
        """The search term of a known word, as `token` gives it; a tenth of the time that the dictionary takes."""
        number = self._words.find(word)
        return None if number is None else self._terms[self._term[number]]

    def marks(self, words: Sequence[str]) -> list[int]:
        """The marks of the terms of words, 0 for unknown ones; that a word is known is told by 32 bits of it."""
        if not len(self._marks):
            return [0] * len(words)
        wanted = np.array([_key(word) for word in words], np.uint32)
        places = np.minimum(np.searchsorted(self._mark_keys, wanted), len(self._mark_keys) - 1)
        found: list[int] = np.where(self._mark_keys[places] == wanted, self._marks[places], 0).tolist()
        return found

    def commonest(self, limit: int) -> list[str]:
        """The words that most documents have, these first."""
        order = np.argsort(-self._frequency.astype(np.int64), kind="stable")[:limit]
        return [self._words[number] for number in order.tolist()]

    def gram_frequency(self, gram: str) -> float:
        """In how many documents a piece of a word occurs (an estimate from the words that have it)."""
        at = np.searchsorted(self._gram_keys, np.uint32(_key(gram)))
        found = at < len(self._gram_keys) and self._gram_keys[at] == _key(gram)
        return float(self._gram_documents[at]) if found else 0.0

    def corrections(self, word: str) -> list[tuple[str, int]]:
        """Known words nearest to an unknown one, with their distance: the nearest first, among these the most frequent."""
        if len(word) < spelling.SHORTEST:
            return []
        near = {owner for key in spelling.asked(word) for owner in self._owned(_key(key))}
        return spelling.nearest(word, ((self._words[owner], int(self._frequency[owner])) for owner in near))

    def _owned(self, key: int) -> list[int]:
        first, last = np.searchsorted(self._keys, np.uint32(key), "left"), np.searchsorted(self._keys, np.uint32(key), "right")
        return [int(owner) for owner in self._owners[first:last]]


def build(directory: Path, frequencies: Mapping[str, int], documents: int) -> None:
    """Write the lexicon of an index beside it; readers see it when it is whole, older ones go."""
    folder = directory / f".{NAME}-{uuid4().hex}"
    folder.mkdir()
    known = sorted(frequencies)
    terms = [token(word) for word in known]
    number_of = {term: number for number, term in enumerate(sorted(set(terms)))}
    strings.save(folder, "words", known)
    strings.save(folder, "terms", number_of)
    arrays = {
        "term": np.array([number_of[term] for term in terms], np.uint32),
        **_marked(known, terms),
        **_arrays(known, frequencies, documents),
    }
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    (folder / "about.json").write_text(json.dumps({"documents": documents}))
    old = [*directory.glob(f"{NAME}-*")]
    os.replace(folder, directory / f"{NAME}-{max([_number(path) for path in old], default=0) + 1:08d}")
    for path in old:
        shutil.rmtree(path, ignore_errors=True)


def _number(path: Path) -> int:
    return int(path.name.removeprefix(f"{NAME}-"))


def _marked(known: list[str], terms: list[str]) -> dict[str, np.ndarray]:
    """Keys of words in order, with the marks of their terms; words that share a key are left to the dictionary."""
    keys, first, number = np.unique(np.array([_key(word) for word in known], np.uint32), return_index=True, return_counts=True)
    alone = number == 1
    return {"mark_keys": keys[alone], "marks": np.array([mark(term) for term in terms], np.uint32)[first[alone]]}


def _arrays(known: list[str], frequencies: Mapping[str, int], documents: int) -> dict[str, np.ndarray]:
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
