"""Sums by month and place, and the dumps that are kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from forum.core.clock import now
from forum.core.model import Base


class Figure(Base):
    """One sum: a measure of `counting.MEASURES`, of a region or a nomination ("" and 0: of all), in a month ("": of all time)."""

    __tablename__ = "statistics"

    region: Mapped[str] = mapped_column(String(2), primary_key=True)
    nomination: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    measure: Mapped[str] = mapped_column(String(20), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger)


class Dump(Base):
    """Everything public at one moment, as one file in the store; `counts` says how many rows of each set. `size` is in bytes."""

    __tablename__ = "open_dumps"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(default=now)
    key: Mapped[str] = mapped_column(String(70))
    size: Mapped[int] = mapped_column(BigInteger)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)

    @property
    def sha256(self) -> str:
        """Of the file: the store names files so."""
        return self.key.rpartition("/")[2]
