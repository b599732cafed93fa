"""Which towns have adopted a practice."""

from typing import Any

from flask import g

from forum.adoptions import lists
from forum.api import queries, shapes
from forum.api.blueprint import v1
from forum.api.schemas.questions import CommentsQuestion
from forum.api.schemas.travelling import AdoptionsPage
from forum.entries import queries as entries
from forum.extensions import db
from forum.web.access import access, everyone
from forum.web.lookup import find_or_404
from forum.web.paging import paginate


@v1.get("/practices/<int:id>/adoptions")
@access(everyone, cache=True, csrf="none")
@v1.arguments(CommentsQuestion, location="query")
@v1.response(200, AdoptionsPage)
def adoptions(asked: dict[str, Any], id: int) -> dict[str, Any]:
    """What other towns made of a practice, the newest first"""
    practice = find_or_404(queries.practice(entries.kept_instead(db.session(), id) or id, g.actor))
    page = paginate(db.session(), lists.whole(practice.id), lists.ORDER, asked.get("cursor"), asked["limit"])
    return {"items": [shapes.adoption(row) for row in page.items], "next": page.next}
