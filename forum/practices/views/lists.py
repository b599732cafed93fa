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
    """Practices, narrowed and ordered by the address; words go on to search, with the filters and the order."""
    listing = Listing()
    words = request.args.get("q", "").strip()
    if words:
        # What is said goes along: the list's usual order is not that of search.
        said = [("sort", listing.filters.sort)] if listing.filters.sort in request.args.getlist("sort") else []
        return redirect("/search?" + urlencode([("q", words), ("kind", "practice"), *listing.filters.chosen(), *said]))
    return render_template("practices/index.html", listing=listing)
