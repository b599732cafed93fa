"""Regions and nominations."""

from typing import Any

from forum.api.blueprint import v1
from forum.api.schemas.answers import Nominations, Regions
from forum.extensions import db
from forum.places.queries import regions as all_regions
from forum.taxonomy.models import nominations as all_nominations
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
