"""Kinds of municipal formations."""

from enum import StrEnum


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
