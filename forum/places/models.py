"""Subjects of the Federation and their municipalities."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.model import Base
from forum.places import likeness


class Region(Base):
    """A subject of the Federation; `code` is the two-digit one of the tax service.

    `population` is that of the last census (Росстат, Всероссийская перепись населения 2020 года, на 1 октября 2021 года): None where
    there was none.
    """

    __tablename__ = "regions"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    name_en: Mapped[str] = mapped_column(String(80))
    district: Mapped[str] = mapped_column(String(20), index=True)
    capital: Mapped[str] = mapped_column(String(60))
    abbr: Mapped[str] = mapped_column(String(4))
    tile_x: Mapped[int]
    tile_y: Mapped[int]
    population: Mapped[int | None]
    population_year: Mapped[int | None]


class Municipality(Base):
    """A municipal formation. One that was merged or renamed points to its successor.

    `profile` is what it is compared with others by (see `likeness`); `compare_anew` follows a change of kind, population or region.
    """

    __tablename__ = "municipalities"
    __table_args__ = (Index("uq_municipalities_region_code_name", "region_code", "name", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    oktmo: Mapped[str | None] = mapped_column(String(11), unique=True)
    name: Mapped[str] = mapped_column(String(160), index=True)
    name_en: Mapped[str | None] = mapped_column(String(160))
    region_code: Mapped[str] = mapped_column(ForeignKey("regions.code"), index=True)
    type: Mapped[str | None] = mapped_column(String(30))
    category: Mapped[int | None]
    population: Mapped[int | None]
    population_year: Mapped[int | None]
    verified: Mapped[bool] = mapped_column(default=True)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    profile: Mapped[str | None] = mapped_column(String(4), index=True)

    region: Mapped[Region] = relationship(lazy="raise_on_sql")
    successor: Mapped["Municipality | None"] = relationship(remote_side=[id], lazy="raise_on_sql")
    # Those it came of. By the region too, where all of them lie: that has an index.
    forerunners: Mapped[list["Municipality"]] = relationship(
        lazy="raise_on_sql",
        primaryjoin="and_(Municipality.id == foreign(remote(Municipality.successor_id)),"
        " Municipality.region_code == remote(Municipality.region_code))",
        order_by="Municipality.name",
        viewonly=True,
    )

    def compare_anew(self) -> None:
        """Set the profile by what is known now."""
        self.profile = likeness.code(self.type, self.population, self.region_code)
