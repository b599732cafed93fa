"""The passport of a practice: the whole card as a document to print, the discussion with it only where it is asked for."""

from flask import g, render_template, request

from forum.accounts.qr import draw
from forum.attachments import queries as attachments
from forum.comments.queries import printed
from forum.extensions import db
from forum.practices import queries
from forum.practices.models import Practice
from forum.practices.views.blueprint import ID, bp
from forum.practices.views.changes import sources
from forum.practices.views.reading import donor_of, facts
from forum.web.access import access, everyone
from forum.web.canonical import outside
from forum.web.lookup import find_or_404


# Not kept: it bears the day on which it was opened.
@bp.get(f"/practices/<{ID}:id>/passport")
@access(everyone)
def passport(id: int) -> str:
    """The document; `comments=1` adds what others wrote."""
    practice = find_or_404(queries.by_id(id, g.actor))
    with_comments = request.args.get("comments") == "1"
    address = outside(".show", id=practice.id, slug=practice.slug)
    return render_template(
        "practices/passport.html",
        **facts(practice, db.session.scalars(attachments.of_entry(practice.id)).all(), donor_of(practice)),
        costs=costs_of(practice),
        with_comments=with_comments,
        comments=db.session.scalars(printed(practice.id)).all() if with_comments else [],
        address=address,
        code=draw(address),
    )


def costs_of(practice: Practice) -> list[tuple[str, int, float]]:
    """Source, whole roubles and per cent of the total, for the sources that are known."""
    shares = practice.shares
    return [(label, cost, shares.get(name, 0.0)) for name, label in sources().items() if (cost := practice.costs[name]) is not None]
