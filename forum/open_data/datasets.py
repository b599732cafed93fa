"""What the site gives away as data: named sets of rows with described fields."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a row; `kind` is a type of Frictionless Table Schema, `about` says in words what it is (anything that `str` translates).

    An object with `parts` is a column for each of them in tables: `costs-local`.
    """

    name: str
    kind: str
    about: object
    parts: tuple[str, ...] = ()
    values: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """What it is called in tables."""
        return tuple(f"{self.name}-{part}" for part in self.parts) or (self.name,)


def _no_keys(session: Session, last: Any, limit: int) -> Sequence[Any]:
    return ()


@dataclass(frozen=True, slots=True)
class Dataset:
    """Rows of one kind, of what every guest can read and nothing else; `key` names the field that tells them apart.

    `rows` gives the rows of some keys, in that order, without those that guests can't read; `keys` the first keys above
    one (None: from the beginning), at most so many. What is only ever asked for as a list has no `keys`.
    """

    name: str
    about: object
    fields: tuple[Field, ...]
    rows: Callable[[Session, Sequence[Any]], list[Row]]
    keys: Callable[[Session, Any, int], Sequence[Any]] = _no_keys
    key: str = "id"

    @property
    def columns(self) -> list[str]:
        """The headings of a table."""
        return [column for field in self.fields for column in field.columns]

    def batches(self, session: Session, size: int) -> Iterator[list[Row]]:
        """All rows there are."""
        last = None
        while keys := self.keys(session, last, size):
            last = keys[-1]
            yield self.rows(session, keys)
