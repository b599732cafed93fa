"""Subjects of the Federation and their municipalities."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from forum.core.model import Base


class MunicipalityType(StrEnum):
    """Kinds of municipal formations (Federal Law 131-FZ, article 2; 33-FZ of 2025)."""

    URBAN_OKRUG = "urban_okrug"
    MUNICIPAL_OKRUG = "municipal_okrug"
    MUNICIPAL_DISTRICT = "municipal_district"
    URBAN_SETTLEMENT = "urban_settlement"
    RURAL_SETTLEMENT = "rural_settlement"
    FEDERAL_CITY = "federal_city"
    FEDERAL_CITY_DISTRICT = "federal_city_district"


# Contest rules: category I takes okrugs and urban settlements, II rural settlements.
CATEGORY = {
    MunicipalityType.URBAN_OKRUG: 1,
    MunicipalityType.MUNICIPAL_OKRUG: 1,
    MunicipalityType.URBAN_SETTLEMENT: 1,
    MunicipalityType.RURAL_SETTLEMENT: 2,
}


class Region(Base):
    """A subject of the Federation; `code` is the two-digit one of the tax service."""

    __tablename__ = "regions"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    name_en: Mapped[str] = mapped_column(String(80))
    district: Mapped[str] = mapped_column(String(20), index=True)
    capital: Mapped[str] = mapped_column(String(60))
    abbr: Mapped[str] = mapped_column(String(4))
    tile_x: Mapped[int]
    tile_y: Mapped[int]


class Municipality(Base):
    """A municipal formation. One that was merged or renamed points to its successor."""

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

    region: Mapped[Region] = relationship(lazy="raise_on_sql")
    successor: Mapped["Municipality | None"] = relationship(remote_side=[id], lazy="raise_on_sql")
