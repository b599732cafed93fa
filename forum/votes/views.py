"""Voting."""

from flask import Blueprint, abort, g, jsonify, redirect, request
from werkzeug.wrappers import Response

from forum.core.errors import Refused
from forum.entries import queries
from forum.entries.addresses import address_of
from forum.entries.policy import can_vote
from forum.extensions import db
from forum.votes import models
from forum.web import redirects, refusals
from forum.web.access import access, members, require, wants_json
from forum.web.errors import Answer, answer

bp = Blueprint("votes", __name__)
blueprints = (bp,)
VALUES = {"1": 1, "-1": -1, "0": 0}


@bp.post("/entries/<int:id>/vote")
@access(members)
def cast(id: int) -> Answer | Response:
    """Give, change or take back one's vote."""
    entry = queries.readable(db.session(), g.actor, id, held=True) or abort(404)
    value = VALUES.get(request.form.get("value", ""))
    if value is None:
        raise Refused("vote.value")
    if entry.author_id == g.actor.id:
        return answer(403, refusals.words(Refused("vote.own")))
    require(can_vote(g.actor, entry))
    models.cast(db.session(), entry, g.actor, value)
    if wants_json():
        return jsonify(score=entry.score, value=value, ups=entry.ups, downs=entry.downs)
    return redirect(redirects.back(address_of(entry)), 303)
