"""Regions, nominations and obstacles."""

from typing import Any

from forum.api.blueprint import v1
from forum.api.schemas.answers import Nominations, Obstacles, Regions
from forum.extensions import db
from forum.places.queries import regions as all_regions
from forum.taxonomy.models import nominations as all_nominations
from forum.taxonomy.models import obstacles as all_obstacles
from forum.web.access import access, everyone


@v1.get("/regions")
@access(everyone, cache=True, csrf="none")
@v1.response(200, Regions)
def regions() -> dict[str, Any]:
    """All subjects of the Federation"""
    return {"items": db.session.scalars(all_regions()).all()}


@v1.get("/nominations")
@access(everyone, cache=True, csrf="none")
@v1.response(200, Nominations)
def nominations() -> dict[str, Any]:
    """Nominations of the contest"""
    return {"items": db.session.scalars(all_nominations()).all()}


@v1.get("/obstacles")
@access(everyone, cache=True, csrf="none")
@v1.response(200, Obstacles)
def obstacles() -> dict[str, Any]:
    """What can stand in the way of a practice; a retired one is chosen no more"""
    return {"items": db.session.scalars(all_obstacles(retired=True)).all()}
