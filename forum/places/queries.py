"""Reading reference data about places."""

from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from forum.places.likeness import profile
from forum.places.models import Municipality, Region
from forum.places.towns import Known


def regions() -> Select[Region]:
    """All regions by name."""
    return select(Region).order_by(Region.name)


def by_id(municipality_id: int) -> Select[Municipality]:
    """One municipality with its region."""
    return select(Municipality).where(Municipality.id == municipality_id).options(joinedload(Municipality.region))


def by_name(name: str, region_code: str) -> Select[Municipality]:
    """The municipality of that name in a region, with its successor where it has one."""
    return (
        select(Municipality)
        .where(Municipality.region_code == region_code, Municipality.name == name)
        .options(joinedload(Municipality.region), joinedload(Municipality.successor))
    )


def current() -> Select[Municipality]:
    """Municipalities that exist today (no successor), with regions, in the order of a list to choose from."""
    return (
        select(Municipality)
        .join(Municipality.region)
        .options(contains_eager(Municipality.region))
        .where(Municipality.successor_id.is_(None))
        .order_by(Region.name, Municipality.name)
    )


def names(lang: str) -> tuple[Any, Any]:
    """The columns of a municipality's name and its region's; a place that has no English name keeps the Russian one."""
    if lang == "en":
        return func.coalesce(func.nullif(Municipality.name_en, ""), Municipality.name), Region.name_en
    return Municipality.name, Region.name


def labels(lang: str = "ru") -> Select[str, str]:
    """Names and regions of the municipalities that exist today, in the order of a list to choose from."""
    return (
        select(*names(lang))
        .select_from(Municipality)
        .join(Municipality.region)
        .where(Municipality.successor_id.is_(None))
        .order_by(*names(lang))
    )


def profiles(session: Session) -> Known:
    """The profiles that municipalities have, by code: some thousands at most, from one index."""
    codes = select(Municipality.profile).where(Municipality.profile.is_not(None)).distinct().subquery()
    found = select(codes.c.profile, Region.district).join(Region, Region.code == func.substr(codes.c.profile, 3))
    return Known((code, profile(code, district)) for code, district in session.execute(found))


_TOWN = select(Municipality.id, Municipality.name, Municipality.name_en, Municipality.profile).where(
    Municipality.id == bindparam("id")
)  # fmt: skip


def town(session: Session, municipality_id: int) -> Any:
    """What a reader's town needs: a row of id, names and profile; None where there is no such municipality."""
    return session.connection().execute(_TOWN, {"id": municipality_id}).one_or_none()
