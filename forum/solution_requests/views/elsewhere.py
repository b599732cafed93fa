"""What other pages show of requests: the front page, and the page of what is missing."""

from flask import render_template
from markupsafe import Markup

from forum.extensions import db
from forum.practices.reference import reference
from forum.practices.views.listing import ask
from forum.solution_requests import lists
from forum.solution_requests.views.blueprint import bp
from forum.solution_requests.views.drawing import lines
from forum.web import language
from forum.web.kept import pages_version, part

HOME, MISSING = 3, 5


@bp.app_template_global()
def wanted_solutions() -> Markup:
    """The last open requests, for the front page; nothing while there are none."""
    return part(("requests", "home", pages_version(), language.select()), lambda: _drawn("requests/_on_home.html", HOME, "open"))


@bp.app_template_global()
def unanswered_requests() -> Markup:
    """The last requests without an answer, for the page of what is missing."""
    return part(
        ("requests", "missing", pages_version(), language.select()), lambda: _drawn("requests/_on_demand.html", MISSING, "unanswered")
    )


def _drawn(template: str, limit: int, show: str) -> str:
    rows = db.session.scalars(lists.newest(limit, show)).all()
    return render_template(template, lines=lines(rows, ask(reference))) if rows else ""
