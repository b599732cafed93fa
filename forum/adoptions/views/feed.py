"""The feed of a practice's adoptions."""

from flask import Response, g, render_template

from forum.adoptions import lists, queries
from forum.adoptions.views.blueprint import ID, bp
from forum.adoptions.views.drawing import lines
from forum.extensions import db
from forum.practices.reference import reference
from forum.practices.views.feeds import EPOCH, NOT_XML
from forum.practices.views.listing import ask
from forum.web.access import access, everyone
from forum.web.canonical import outside
from forum.web.lookup import find_or_404

NEWEST = 20


@bp.get(f"/practices/<{ID}:id>/adoptions/feed.atom")
@access(everyone, cache=True)
def feed(id: int) -> Response:
    """The newest adoptions of a practice, as Atom."""
    practice = find_or_404(queries.practice(id, g.actor))
    query = lists.of_practice(id).order_by(*(column.desc() for column in lists.ORDER)).limit(NEWEST)
    entries = lines([row for (row,) in db.session.execute(query)], ask(reference))
    values = {"practice": practice, "entries": entries, "updated": max((entry.listed_at for entry in entries), default=EPOCH)}
    address, page = outside(".feed", id=id), outside(".of_practice", id=id)
    text = NOT_XML.sub("", render_template("adoptions/feed.xml", address=address, page=page, **values))
    return Response(text, content_type="application/atom+xml; charset=utf-8")
