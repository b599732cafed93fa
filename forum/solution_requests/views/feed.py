"""The feed of requests."""

from flask import Response, render_template

from forum.extensions import db
from forum.practices.reference import reference
from forum.practices.views.feeds import EPOCH, NOT_XML
from forum.practices.views.listing import ask
from forum.solution_requests import lists
from forum.solution_requests.views.blueprint import bp
from forum.solution_requests.views.drawing import lines
from forum.web.access import access, everyone
from forum.web.canonical import outside

NEWEST = 30


@bp.get("/requests/feed.atom")
@access(everyone, cache=True)
def feed() -> Response:
    """The newest requests, as Atom."""
    entries = lines(db.session.scalars(lists.newest(NEWEST, "")).all(), ask(reference))
    updated = max((entry.listed_at for entry in entries), default=EPOCH)
    address, page = outside(".feed"), outside(".index")
    text = NOT_XML.sub("", render_template("requests/feed.xml", address=address, page=page, entries=entries, updated=updated))
    return Response(text, content_type="application/atom+xml; charset=utf-8")
