"""The list of all practices."""

from urllib.parse import urlencode

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from forum.practices.views.blueprint import bp
from forum.practices.views.listing import Listing
from forum.web.access import access, everyone


@bp.get("/practices")
@access(everyone, cache=True)
def index() -> str | Response:
    """Practices, narrowed and ordered by the address; words go on to search, with the filters."""
    listing = Listing()
    words = request.args.get("q", "").strip()
    if words:
        return redirect("/search?" + urlencode([("q", words), ("kind", "practice"), *listing.filters.chosen()]))
    return render_template("practices/index.html", listing=listing)
