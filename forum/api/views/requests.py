"""What towns look for, and what was offered to them."""

from typing import Any

from flask import g

from forum.api import shapes
from forum.api.blueprint import v1
from forum.api.schemas.questions import RequestsQuestion
from forum.api.schemas.travelling import RequestShape, RequestsPage
from forum.extensions import db
from forum.practices.lists import tags_by_slug
from forum.solution_requests import lists, queries
from forum.web.access import access, everyone
from forum.web.lookup import find_or_404
from forum.web.paging import paginate


@v1.get("/requests")
@access(everyone, cache=True, csrf="none")
@v1.arguments(RequestsQuestion, location="query")
@v1.response(200, RequestsPage)
def requests(asked: dict[str, Any]) -> dict[str, Any]:
    """What towns look for"""
    session = db.session()
    tags = tuple(tag.id for tag in tags_by_slug(session, asked["tag"]).values()) if asked["tag"] else None
    nominations = tuple(int(value) for value in asked["nomination"])
    chosen = lists.Chosen(asked["show"], tuple(asked["region"]), nominations, tags, asked["sort"])
    page = paginate(session, lists.rows(chosen, lists.WHOLE), lists.ORDERS[chosen.sort], asked.get("cursor"), asked["limit"])
    return {"items": [shapes.request(row) for row in page.items], "next": page.next}


@v1.get("/requests/<int:id>")
@access(everyone, cache=True, csrf="none")
@v1.response(200, RequestShape)
def request(id: int) -> dict[str, Any]:
    """One request with the practices that were offered"""
    found = find_or_404(queries.by_id(id, g.actor))
    return shapes.whole_request(found, db.session.scalars(queries.offers_of(id, g.actor)).all())
