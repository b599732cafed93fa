"""The rows of a practice card: steps, resources, indicators. They are only ever read whole, so they lie on the card as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, Generic, TypeVar

from sqlalchemy.engine import Dialect
from sqlalchemy.types import JSON, String, TypeDecorator


@dataclass(frozen=True, slots=True)
class Step:
    """What was done, when, and by whom."""

    what: str
    when: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """Staff, a partner, or a legal act the practice rests on (`kind`: staff, partner, act)."""

    kind: str
    what: str

    KINDS: ClassVar[tuple[str, ...]] = ("staff", "partner", "act")


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure before and after, with its unit, the month it was taken (`on`, YYYY-MM) and its source."""

    name: str
    unit: str = ""
    before: float | None = None
    after: float | None = None
    on: str | None = None
    source: str = ""

    @property
    def measured(self) -> bool:
        """Whether it has a figure at all: a name alone tells nobody anything."""
        return self.before is not None or self.after is not None

    @property
    def change(self) -> float | None:
        """By how much it changed: percentage points where the unit is %, else per cent of the value before."""
        if self.before is None or self.after is None:
            return None
        if self.unit.strip().startswith("%"):
            return self.after - self.before
        return (self.after - self.before) / abs(self.before) * 100 if self.before else None


Row = TypeVar("Row", Step, Resource, Indicator)
_FIELDS: dict[Any, frozenset[str]] = {kind: frozenset(field.name for field in fields(kind)) for kind in (Step, Resource, Indicator)}


def as_dict(row: Step | Resource | Indicator) -> dict[str, Any]:
    """The fields of a row by name, as an import file has them."""
    return asdict(row)


def row_of(kind: type[Row], values: Mapping[str, Any]) -> Row:
    """A row from its fields by name; names it does not know are left out."""
    known = _FIELDS[kind]
    return kind(**{name: value for name, value in values.items() if name in known and value is not None})


class Rows(TypeDecorator[list[Row]], Generic[Row]):
    """A list of rows of one kind as JSON. The rows are frozen: a change is a new list."""

    impl = JSON
    cache_ok = True

    def __init__(self, kind: type[Row]) -> None:
        super().__init__()
        self.kind: type[Row] = kind

    def process_bind_param(self, value: Sequence[Row] | None, dialect: Dialect) -> list[dict[str, Any]]:
        return [asdict(row) for row in value or ()]

    def process_result_value(self, value: list[dict[str, Any]] | None, dialect: Dialect) -> list[Row]:
        return [row_of(self.kind, row) for row in value or ()]


class Codes(TypeDecorator[list[str]]):
    """A few codes of a closed list as text between spaces (` money people `): one column that an index can hold, and be looked into."""

    impl = String(1000)
    cache_ok = True

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str:
        return f" {' '.join(value)} " if value else ""

    def process_result_value(self, value: str | None, dialect: Dialect) -> list[str]:
        return (value or "").split()
