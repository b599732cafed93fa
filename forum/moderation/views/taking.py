"""Taking a case, and giving it back."""

from flask import flash, g, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.core.clock import now
from forum.extensions import db
from forum.moderation import claims
from forum.moderation.models import Claim
from forum.moderation.views.acting import found
from forum.moderation.views.blueprint import bp
from forum.web import redirects
from forum.web.access import access, moderators, wants_json


@bp.post("/entries/<int:id>/claim")
@access(moderators)
def claim(id: int) -> Response:
    """Take an entry for ten minutes (again), or with `taken=0` give it back."""
    entry, taken = found(id), request.form.get("taken", "1") != "0"
    (claims.take if taken else claims.release)(db.session(), entry.id, g.actor)
    if wants_json():
        return jsonify(taken=taken)
    flash(_("Взято на 10 минут: другие модераторы видят, что разбираете вы.") if taken else _("Отпущено: может взять любой."), "good")
    return redirect(redirects.back(url_for("moderation.queue") + f"#entry-{entry.id}"), 303)


@bp.app_template_global("minutes_left")
def minutes_left(claim: Claim | None) -> int:
    """How long a claim will last, in whole minutes; 0 where it is over or there is none."""
    return claims.minutes_left(claim.until, now()) if claim is not None else 0
