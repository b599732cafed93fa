"""Reading reference data about places."""

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager, joinedload

from forum.places.models import Municipality, Region


def regions() -> Select[tuple[Region]]:
    """All regions by name."""
    return select(Region).order_by(Region.name)


def by_id(municipality_id: int) -> Select[tuple[Municipality]]:
    """One municipality with its region."""
    return select(Municipality).where(Municipality.id == municipality_id).options(joinedload(Municipality.region))


def by_name(name: str, region_code: str) -> Select[tuple[Municipality]]:
    """The municipality of that name in a region, with its successor where it has one."""
    return (
        select(Municipality)
        .where(Municipality.region_code == region_code, Municipality.name == name)
        .options(joinedload(Municipality.region), joinedload(Municipality.successor))
    )


def current() -> Select[tuple[Municipality]]:
    """Municipalities that exist today (no successor), with regions, in the order of a list to choose from."""
    return (
        select(Municipality)
        .join(Municipality.region)
        .options(contains_eager(Municipality.region))
        .where(Municipality.successor_id.is_(None))
        .order_by(Region.name, Municipality.name)
    )


def labels() -> Select[tuple[str, str]]:
    """Names and regions of the municipalities that exist today, in the order of a list to choose from."""
    return (
        select(Municipality.name, Region.name)
        .join(Municipality.region)
        .where(Municipality.successor_id.is_(None))
        .order_by(Municipality.name, Region.name)
    )
