"""The page of notices."""

from flask import g, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forum.extensions import db
from forum.notifications import queries
from forum.notifications.gathering import mark_read
from forum.notifications.lines import lines_of
from forum.notifications.models import NoticeGroup
from forum.notifications.views.blueprint import bp
from forum.web import redirects
from forum.web.access import access, members, wants_json
from forum.web.paging import paginate


@bp.get("/notifications")
@access(members)
def index() -> str:
    """What one was told, the last first; `show=unread`: what is not read yet. Opening the page marks nothing."""
    unread = request.args.get("show") == "unread"
    query, columns = queries.newest(g.actor.id, unread), (NoticeGroup.at, NoticeGroup.id)
    page = paginate(db.session(), query, columns, request.args.get("page"))
    return render_template("notifications/index.html", page=page, lines=lines_of(db.session(), g.actor, page.items), only_unread=unread)


@bp.post("/notifications/reading")
@access(members)
def read_all() -> Response:
    """Mark all as read."""
    return _read(mark_read(db.session(), g.actor.id))


@bp.post("/notifications/<int:id>/reading")
@access(members)
def read(id: int) -> Response:
    """Mark one line as read; somebody else's is left alone."""
    return _read(mark_read(db.session(), g.actor.id, id))


def _read(count: int) -> Response:
    return jsonify(read=count) if wants_json() else redirect(redirects.back(url_for("notifications.index")), 303)
