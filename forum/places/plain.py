"""Municipalities as results and cards show them: what the database gave would not outlive its session."""

from typing import Any, NamedTuple


class PlainRegion(NamedTuple):
    """A region in both languages."""

    code: str
    name: str
    name_en: str
    district: str


class PlainTown(NamedTuple):
    """A municipality with its region."""

    id: int
    name: str
    name_en: str | None
    oktmo: str | None
    type: str | None
    category: int | None
    population: int | None
    verified: bool
    region: PlainRegion


TOWN, REGION = PlainTown._fields[:-1], PlainRegion._fields


def plain(town: Any) -> PlainTown | None:
    """A municipality, loaded with its region, as it can be kept; None stays None."""
    if town is None or isinstance(town, PlainTown):
        return town
    region = PlainRegion(*(getattr(town.region, name) for name in REGION))
    return PlainTown._make([*(getattr(town, name) for name in TOWN), region])
