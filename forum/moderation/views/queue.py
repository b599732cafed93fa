"""The queue: everything that waits for a decision, shown in place."""

from flask import g, render_template, request

from forum.entries.models import Entry
from forum.extensions import db
from forum.moderation import queries
from forum.moderation.views.blueprint import bp
from forum.web.access import access, moderators
from forum.web.paging import paginate

KINDS = ("", "posts", "reports")


@bp.get("/moderation")
@access(moderators)
def queue() -> str:
    """First posts and reported entries, oldest first."""
    kind = request.args.get("kind", "")
    kind = kind if kind in KINDS else ""
    page = paginate(db.session(), queries.waiting(g.actor, kind), [Entry.id], request.args.get("page"), ascending=True)
    reports = queries.open_reports(db.session(), [entry.id for entry in page.items])
    return render_template("moderation/queue.html", page=page, reports=reports, kind=kind)
