"""How many listed practices there are, by region, nomination and municipality."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, String, case, cast, func, literal, select, union_all
from sqlalchemy.orm import Session

from forum.places.likeness import LIKE, Tier
from forum.places.models import Municipality, Region
from forum.practices.lists import P, listed
from forum.practices.models import Practice


@dataclass(frozen=True, slots=True)
class Counts:
    """Listed practices by region (its code), by nomination (its id as text), and in all."""

    regions: dict[str, int]
    nominations: dict[str, int]
    total: int


def counts(session: Session) -> Counts:
    """One statement of two walks over covering indexes: some 10 ms each at 100,000 practices, hence to be remembered."""
    parts = [
        select(literal(name), cast(column, String), func.count()).where(listed()).group_by(column)
        for name, column in (("region", P.region), ("nomination", P.nomination_id))
    ]
    found: dict[str, dict[str, int]] = {"region": {}, "nomination": {}}
    total = 0
    for name, key, number in session.execute(union_all(*parts)):
        total += number if name == "region" else 0
        if key is not None:
            found[name][key] = number
    return Counts(found["region"], found["nomination"], total)


def municipalities(region: str) -> Select[Any]:
    """Municipalities of a region that have listed practices, with how many, most first."""
    number = func.count().label("number")
    columns: tuple[Any, ...] = (Municipality.id, Municipality.name, Municipality.name_en)
    return (
        select(*columns, number)
        .join_from(Practice.__table__, Municipality, Municipality.id == P.municipality_id)
        .where(listed(), P.region == region)
        .group_by(*columns)
        .order_by(number.desc(), Municipality.name)
    )


def alike(municipality: int, tiers: Sequence[Tier], limit: int) -> Select[Any]:
    """Municipalities of like profile that have listed practices, the most alike first, then by the newest practice."""
    codes = {tier.likeness: tier.codes for tier in tiers if tier.likeness >= LIKE}
    newest = select(func.max(P.listed_at)).where(P.municipality_id == Municipality.id).correlate(Municipality).scalar_subquery()
    columns: tuple[Any, ...] = (Municipality.id, Municipality.name, Municipality.name_en, Municipality.profile)
    some = (
        select(*columns, Region.name.label("region"), Region.name_en.label("region_en"), newest.label("newest"))
        .join(Municipality.region)
        .where(Municipality.profile.in_([code for some in codes.values() for code in some]), Municipality.id != municipality)
        .subquery()
    )
    own = case(*((some.c.profile.in_(theirs), value) for value, theirs in codes.items()), else_=0)
    return select(some).where(some.c.newest.is_not(None)).order_by(own.desc(), some.c.newest.desc(), some.c.id).limit(limit)
