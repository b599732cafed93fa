"""The page of a practice."""

from flask import g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forum.attachments import queries as attachments
from forum.bookmarks.queries import is_kept
from forum.comments.queries import discussion
from forum.extensions import db
from forum.practices import policy, queries
from forum.practices.models import Practice
from forum.practices.views.blueprint import ID, bp
from forum.practices.views.reading import facts
from forum.votes.queries import mine
from forum.web.access import access, everyone
from forum.web.lookup import find_or_404

for predicate in (policy.can_publish, policy.can_unpublish, policy.sees_contact):
    bp.add_app_template_global(predicate)


@bp.get(f"/practices/<{ID}:id>")
@bp.get(f"/practices/<{ID}:id>/<slug>")
@access(everyone, cache=True)
def show(id: int, slug: str = "") -> str | Response:
    """The practice and its discussion; any other slug leads to the right one."""
    practice = find_or_404(queries.by_id(id, g.actor))
    if slug != practice.slug:
        order, page = request.args.get("order"), request.args.get("page")
        return redirect(url_for(".show", id=id, slug=practice.slug, order=order, page=page), 301)
    return render_template("practices/show.html", **_page(practice))


def _page(practice: Practice) -> dict[str, object]:
    session, actor = db.session(), g.actor
    files = session.scalars(attachments.of_entry(practice.id)).all()
    talk = discussion(session, actor, practice, request.args.get("order"), request.args.get("page"))
    shown = [one.comment.id for thread in talk.threads for one in (thread.top, *thread.replies)]
    return {
        **facts(practice, files),
        "discussion": talk,
        "my_votes": mine(session, actor, [practice.id, *shown]),
        "kept": is_kept(session, actor, practice.id),
    }
