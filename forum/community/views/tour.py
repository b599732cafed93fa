"""The first steps on the front page of who has just come."""

from flask import g, redirect, url_for
from werkzeug.wrappers import Response

from forum.community import tour
from forum.community.tour import Steps
from forum.community.views.blueprint import bp
from forum.core.clock import now
from forum.extensions import db
from forum.web.access import access, members


@bp.app_template_global()
def first_steps() -> Steps | None:
    """How far the reader has come; None for guests, for who is here longer, has put them away or has done all. No query but for the new."""
    person = g.get("person")
    if person is None or not tour.is_new(person, now()):
        return None
    steps = tour.steps(db.session(), person)
    return steps if steps.done < 3 else None


@bp.post("/tour/dismissal")
@access(members)
def dismiss_tour() -> Response:
    """Not to be shown again."""
    tour.dismiss(db.session(), g.actor.id)
    return redirect(url_for("practices.home"), 303)
