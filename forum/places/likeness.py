"""How like each other two municipalities are: the rule of «муниципалитеты как мой», told to readers at /likeness.

What is compared is a *profile*: the kind of municipality, the band of its population, its region with the federal district. Its code
of four characters («a540»: letter of the kind, number of the band, region; `-` for what is not known) stands on municipalities and
practices, so that lists are narrowed and ordered by a few codes however many towns there are.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from forum.places.kinds import CATEGORY, MunicipalityType

# Residents from which on each band begins: finer than those of the filters.
BANDS = (0, 1_000, 5_000, 20_000, 50_000, 100_000, 250_000, 500_000)
KINDS = dict(zip("abcdefg", MunicipalityType, strict=True))
UNKNOWN = "-"

# What coincides counts so much, 100 in all; what is near counts in part.
KIND, SAME_CATEGORY = 30, 15
BAND, NEXT_BAND = 40, 20
SETTLEMENT, HALF_SETTLEMENT = 10, 5
REGION, DISTRICT = 20, 15

LIKE = 70  # from here on a municipality is «как мой»
RANKED = 50  # below, likeness says nothing more: what is less alike stands together, by time

URBAN = {
    MunicipalityType.URBAN_OKRUG,
    MunicipalityType.URBAN_SETTLEMENT,
    MunicipalityType.FEDERAL_CITY,
    MunicipalityType.FEDERAL_CITY_DISTRICT,
}
RURAL = {MunicipalityType.RURAL_SETTLEMENT}


@dataclass(frozen=True, slots=True)
class Profile:
    """What of a municipality is compared; None for what is not known of it."""

    kind: MunicipalityType | None
    band: int | None
    region: str
    district: str


class Tier(NamedTuple):
    """Codes of the profiles that are equally like some other."""

    likeness: int
    codes: tuple[str, ...]


def code(kind: str | None, population: int | None, region: str) -> str:
    """The code of a municipality's profile."""
    letter = next((letter for letter, known in KINDS.items() if known == kind), UNKNOWN)
    return f"{letter}{UNKNOWN if population is None else bisect_right(BANDS, population) - 1}{region}"


def profile(code: str, district: str) -> Profile:
    """The profile of a code; its federal district comes from the reference data of regions."""
    return Profile(KINDS.get(code[0]), int(code[1]) if code[1] != UNKNOWN else None, code[2:], district)


def likeness(own: Profile, other: Profile) -> int:
    """How like `own` another is, from 0 to 100.

    Kind: 30 for the same, 15 for another of the same category. Population: 40 for the same band, 20 for the next one. Town or
    country: 10 for the same, 5 where one of them is both (districts, municipal okrugs). Region: 20 for the same, 15 for the same
    federal district. What is not known of `own` is not asked, and the rest counts for the whole; what is not known of the other
    counts nothing. So it is symmetric for profiles of which the same is known, and 100 for itself.
    """
    got, most = _region(own, other), REGION
    if own.kind is not None:
        got, most = got + _kind(own.kind, other.kind), most + KIND + SETTLEMENT
    if own.band is not None:
        got, most = got + _band(own.band, other.band), most + BAND
    return round(100 * got / most)


def _region(own: Profile, other: Profile) -> int:
    return REGION if own.region == other.region else DISTRICT if own.district == other.district else 0


def _kind(own: MunicipalityType, other: MunicipalityType | None) -> int:
    if other is None:
        return 0
    category = CATEGORY.get(own)
    kind = KIND if own == other else SAME_CATEGORY if category and category == CATEGORY.get(other) else 0
    ways = settlement(own), settlement(other)
    return kind + (SETTLEMENT if ways[0] == ways[1] else HALF_SETTLEMENT if "both" in ways else 0)


def _band(own: int, other: int | None) -> int:
    return 0 if other is None else BAND if own == other else NEXT_BAND if abs(own - other) == 1 else 0


def settlement(kind: MunicipalityType) -> str:
    """`town`, `country`, or `both`: districts and municipal okrugs have towns and villages."""
    return "town" if kind in URBAN else "country" if kind in RURAL else "both"


def tiers(own: Profile, known: Mapping[str, Profile]) -> tuple[Tier, ...]:
    """Of the profiles there are those at least RANKED like `own`, the most alike first."""
    by_likeness: dict[int, list[str]] = {}
    for one, other in known.items():
        by_likeness.setdefault(likeness(own, other), []).append(one)
    return tuple(Tier(value, tuple(sorted(by_likeness[value]))) for value in sorted(by_likeness, reverse=True) if value >= RANKED)
