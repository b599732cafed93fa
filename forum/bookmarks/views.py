"""Keeping entries for later, and the list of them."""

from flask import Blueprint, g, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response

from forum.bookmarks import models, queries
from forum.entries import queries as entries
from forum.entries.addresses import address_of
from forum.extensions import db
from forum.web import redirects
from forum.web.access import access, members, wants_json
from forum.web.lookup import find_or_404
from forum.web.paging import paginate

bp = Blueprint("bookmarks", __name__)
blueprints = (bp,)


@bp.post("/entries/<int:id>/bookmark")
@access(members)
def toggle(id: int) -> Response:
    """Keep, or keep no longer."""
    entry = find_or_404(entries.by_id(id, g.actor))
    bookmarked = models.toggle(db.session(), entry, g.actor)
    return jsonify(bookmarked=bookmarked) if wants_json() else redirect(redirects.back(address_of(entry)), 303)


@bp.get("/bookmarks")
@access(members)
def index() -> str:
    """What one keeps, the last kept first."""
    bookmark = models.Bookmark
    page = paginate(db.session(), queries.newest(g.actor), (bookmark.at, bookmark.entry_id), request.args.get("page"))
    found = entries.by_ids(db.session(), g.actor, (kept.entry_id for kept in page.items))
    # One's own comment stays readable when what it is about does not.
    about = entries.by_ids(db.session(), g.actor, (entry.root_id for entry in found.values()))
    shown = {id: entry for id, entry in found.items() if entry.root_id is None or entry.root_id in about}
    rows = [(kept, shown[kept.entry_id], address_of(shown[kept.entry_id])) for kept in page.items if kept.entry_id in shown]
    return render_template("bookmarks/index.html", page=page, rows=rows)
