"""The rows of a practice card: steps, resources, indicators. Each kind keeps its order by `position`."""

from typing import Any, ClassVar

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.model import Base


class Step(Base):
    """What was done, when, and by whom."""

    __tablename__ = "practice_steps"
    FIELDS: ClassVar[tuple[str, ...]] = ("what", "when", "who")

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"), index=True)
    position: Mapped[int]
    what: Mapped[str] = mapped_column(String(500))
    when: Mapped[str] = mapped_column(String(80), default="")
    who: Mapped[str] = mapped_column(String(200), default="")


class Resource(Base):
    """Staff, a partner, or a legal act the practice rests on (`kind`: staff, partner, act)."""

    __tablename__ = "practice_resources"
    FIELDS: ClassVar[tuple[str, ...]] = ("kind", "what")
    KINDS: ClassVar[tuple[str, ...]] = ("staff", "partner", "act")

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    what: Mapped[str] = mapped_column(String(500))


class Indicator(Base):
    """A figure before and after, with its unit, the month it was taken (`on`, YYYY-MM) and its source."""

    __tablename__ = "practice_indicators"
    FIELDS: ClassVar[tuple[str, ...]] = ("name", "unit", "before", "after", "on", "source")

    id: Mapped[int] = mapped_column(primary_key=True)
    practice_id: Mapped[int] = mapped_column(ForeignKey("practices.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(60), default="")
    before: Mapped[float | None]
    after: Mapped[float | None]
    on: Mapped[str | None] = mapped_column(String(7))
    source: Mapped[str] = mapped_column(String(200), default="")

    @property
    def change(self) -> float | None:
        """By how much it changed: percentage points where the unit is %, else per cent of the value before."""
        if self.before is None or self.after is None:
            return None
        if self.unit.strip().startswith("%"):
            return self.after - self.before
        return (self.after - self.before) / abs(self.before) * 100 if self.before else None


def as_dict(row: Step | Resource | Indicator) -> dict[str, Any]:
    """The fields of a row by name, as an import file has them."""
    return {name: getattr(row, name) for name in row.FIELDS}
