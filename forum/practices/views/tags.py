"""Themes that authors gave."""

from flask import abort, render_template

from forum.extensions import db
from forum.practices import lists
from forum.practices.filters import SLUG
from forum.practices.views.blueprint import bp
from forum.practices.views.listing import Listing
from forum.web.access import access, everyone


@bp.get("/tags/<slug>")
@access(everyone, cache=True)
def tag(slug: str) -> str:
    """Practices of one theme."""
    found = lists.tags_by_slug(db.session(), [slug]) if SLUG.fullmatch(slug) else {}
    if not found:
        abort(404)
    return render_template("practices/tag.html", tag=found[slug], listing=Listing(tag=found[slug]))
