"""Comments and votes."""

from typing import Any

from flask import Response, g, url_for

from forum.api import queries, shapes
from forum.api.blueprint import v1
from forum.api.schemas.answers import CommentShape, CommentsPage, VoteShape
from forum.api.schemas.questions import Ballot, CommentsQuestion, Remark
from forum.comments import actions
from forum.comments.models import Comment
from forum.core.errors import Refused
from forum.entries import queries as entries
from forum.entries.policy import can_vote
from forum.extensions import db
from forum.votes import models as votes
from forum.web import refusals
from forum.web.access import access, everyone, require
from forum.web.errors import problem
from forum.web.lookup import find_or_404
from forum.web.paging import paginate


@v1.get("/practices/<int:id>/comments")
@access(everyone, cache=True, csrf="none")
@v1.arguments(CommentsQuestion, location="query")
@v1.response(200, CommentsPage)
def comments(asked: dict[str, Any], id: int) -> dict[str, Any]:
    """The discussion of a practice, in the order of writing"""
    root = find_or_404(queries.practice(entries.kept_instead(db.session(), id) or id, g.actor))
    page = paginate(
        db.session(), queries.comments(root.id, g.actor), (Comment.id,), asked.get("cursor"), asked["limit"], ascending=True
    )
    return {"items": [shapes.remark(comment) for comment in page.items], "next": page.next}


@v1.post("/entries/<int:id>/comments")
@access(everyone, csrf="none")
@v1.arguments(Remark)
@v1.response(201, CommentShape)
def comment(given: dict[str, Any], id: int) -> tuple[dict[str, Any], dict[str, str]]:
    """Write a comment on a practice"""
    root = find_or_404(entries.by_id(id, g.actor))
    written = actions.post(db.session(), root, given["body"], g.actor, given["parent"])
    db.session.refresh(written, ["author"])
    return shapes.remark(written), {"Location": url_for("comments.show", id=written.id)}


@v1.put("/entries/<int:id>/vote")
@access(everyone, csrf="none")
@v1.arguments(Ballot)
@v1.response(200, VoteShape)
def vote(given: dict[str, Any], id: int) -> dict[str, Any] | Response:
    """Vote on a practice or a comment: 1, -1, or 0 to take the vote back"""
    entry = find_or_404(entries.by_id(id, g.actor))
    if entry.author_id == g.actor.id:
        return problem(403, refusals.words(Refused("vote.own")), code="vote.own")
    require(can_vote(g.actor, entry))
    votes.cast(db.session(), entry, g.actor, given["value"])
    return {"score": entry.score, "value": given["value"], "ups": entry.ups, "downs": entry.downs}
