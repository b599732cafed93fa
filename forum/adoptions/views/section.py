"""What the page of a practice says of its adoptions: who has taken it home, and the way to do so."""

from flask import current_app, g, render_template
from markupsafe import Markup

from forum.adoptions import lists, policy, totals
from forum.adoptions.views.blueprint import bp
from forum.adoptions.views.drawing import lines
from forum.extensions import db
from forum.practices.models import Practice
from forum.web import language
from forum.web.kept import pages_version, part

bp.add_app_template_global(policy.hindrance, "adoption_hindrance")
NAMED = 8  # towns that the page itself names
READ = 300  # of the rest the totals are told on their own page


@bp.app_template_global()
def adoptions_of(practice: Practice) -> Markup:
    """The towns in a few lines, the same for all readers: one question, kept until something changes."""
    key = ("adoptions", practice.id, pages_version(), language.select(), current_app.config["TIMEZONE"])
    return part(key, lambda: _drawn(practice))


def _drawn(practice: Practice) -> str:
    rows = db.session.execute(lists.summed(practice.id, READ)).all()
    named = lines(rows[:NAMED])
    return render_template("adoptions/_towns.html", practice=practice, totals=totals.total(rows), lines=named, actor=g.actor)
