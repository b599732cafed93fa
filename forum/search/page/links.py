"""Addresses that lead from one results page to others: the same question with something changed."""

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote_plus

from flask import url_for

from forum.search.labels import TITLES
from forum.search.page.wish import Wish
from forum.search.query import without_fields, without_some

Typed = Sequence[tuple[tuple[str, str], Sequence[str]]]  # `Found.typed`
# In the order of addresses.
NAMES = ("q", *TITLES, "near", "sort", "page")
NOWHERE = ("author", "place")  # filters that are only typed


class Links:
    """Addresses of one search with something changed; each begins at the first page."""

    def __init__(self, wanted: Wish) -> None:
        self._path = url_for("search.index")
        self._said = {name: _encoded(name, values) for name, values in pairs(wanted)}

    def to(self, **changes: Sequence[str]) -> str:
        """The address with other values of some parameters; an empty list takes one away."""
        said = {**self._said, **{name: _encoded(name, values) for name, values in changes.items()}}
        query = "&".join(part for name in NAMES if (part := said.get(name)))
        return f"{self._path}?{query}" if query else self._path


def pairs(wanted: Wish) -> Iterator[tuple[str, Sequence[str]]]:
    """What the address of a search says, but for the page; the usual order goes without saying."""
    yield "q", [wanted.text] if wanted.text else []
    yield from wanted.chosen.items()
    yield "near", [wanted.near] if wanted.near else []
    yield "sort", [wanted.sort] if wanted.sort != "fit" else []


def _encoded(name: str, values: Sequence[str]) -> str:
    return "&".join([f"{name}={quote_plus(value)}" for value in values])


class Chosen:
    """Everything that is on, said by the address or typed in the box; and the addresses without it."""

    def __init__(self, wanted: Wish, typed: Typed, links: Links) -> None:
        self._wanted = wanted
        self._links = links
        self.typed = typed
        self._numbers: dict[tuple[str, str], set[int]] = {}
        for number, ((name, _), values) in enumerate(typed):
            for value in values:
                self._numbers.setdefault((name, value), set()).add(number)

    @property
    def names(self) -> list[str]:
        """The filters that are on, in their order."""
        typed = {name for name, _ in self._numbers}
        return [name for name in (*TITLES, *NOWHERE) if self._wanted.chosen.get(name) or name in typed]

    def values(self, name: str) -> list[str]:
        """The values of one filter that are on."""
        return list(dict.fromkeys([*self._wanted.chosen.get(name, ()), *(value for named, value in self._numbers if named == name)]))

    def with_value(self, name: str, value: str) -> str:
        """The address with one value more."""
        return self._links.to(**{name: [*self._wanted.chosen[name], value]})

    def without(self, name: str, values: Sequence[str]) -> str:
        """The address without some values; what was typed together goes together."""
        kept = {name: [one for one in self._wanted.chosen[name] if one not in values]} if name in self._wanted.chosen else {}
        numbers = set().union(*(self._numbers.get((name, value), set()) for value in values))
        return self._links.to(**kept, **self._box(without_some(self._wanted.text, numbers) if numbers else self._wanted.text))

    def without_all(self) -> str:
        """The address of the bare question, in the same order and under the same tab."""
        tab = ["kind"] if len(self._wanted.chosen["kind"]) == 1 else []
        nothing: dict[str, Any] = {name: [] for name in self._wanted.chosen if name not in tab}
        return self._links.to(near=[], **nothing, **self._box(without_fields(self._wanted.text)))

    def _box(self, text: str) -> dict[str, list[str]]:
        return {"q": [text] if text else []}
