"""Search."""

from typing import Any

from flask import Response, current_app, g
from flask_babel import gettext as _

from forum.api import near, shapes
from forum.api.blueprint import v1
from forum.api.schemas.answers import SearchAnswer
from forum.api.schemas.questions import SearchQuestion
from forum.extensions import db
from forum.search.found import find
from forum.search.page.wish import near_to
from forum.search.port import Query, Unavailable
from forum.search.query import clean
from forum.web.access import access, everyone
from forum.web.errors import problem

FILTERS = ("region", "district", "nomination", "status", "year", "tag", "category", "cost", "population", "adopted", "obstacle")


@v1.get("/search")
@access(everyone, csrf="none")  # the index follows the database a moment later: an answer kept between would stay wrong
@v1.arguments(SearchQuestion, location="query")
@v1.response(200, SearchAnswer)
def search(asked: dict[str, Any]) -> dict[str, Any] | Response:
    """Practices (or comments, adoptions, requests and people, as `kind` says) that answer a question"""
    limit, town = asked["limit"], near.town(asked)
    query = Query(
        text=clean(asked["q"]),
        kinds=asked["kind"] or ["practice"],
        filters={name: asked[name] for name in FILTERS if asked[name]},
        sort=asked["sort"],
        limit=limit,
        offset=(asked["page"] - 1) * limit,
    )
    query = near_to(query, town, only=True) if town else query
    try:
        kept = current_app.extensions
        return shapes.results(find(db.session(), g.actor, kept["search"], query, kept["synonyms"], kept["shelf"].load))
    except Unavailable:
        response = problem(503, _("Поиск сейчас не работает."))
        response.headers["Retry-After"] = "5"
        return response
