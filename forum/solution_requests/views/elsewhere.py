"""What other pages show of requests: the front page, and the page of what is missing."""

from flask import render_template
from markupsafe import Markup

from forum.extensions import db
from forum.solution_requests import lists
from forum.solution_requests.views.blueprint import bp

HOME, MISSING = 3, 5


@bp.app_template_global()
def wanted_solutions() -> Markup:
    """The last open requests, for the front page; nothing while there are none."""
    return _drawn("requests/_on_home.html", HOME, "open")


@bp.app_template_global()
def unanswered_requests() -> Markup:
    """The last requests without an answer, for the page of what is missing."""
    return _drawn("requests/_on_demand.html", MISSING, "unanswered")


def _drawn(template: str, limit: int, show: str) -> Markup:
    rows = db.session.scalars(lists.newest(limit, show)).all()
    return Markup(render_template(template, rows=rows)) if rows else Markup()
