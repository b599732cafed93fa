"""The results page."""

from dataclasses import replace
from typing import Any

from flask import current_app, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forum.extensions import db
from forum.places import reader
from forum.search import page
from forum.search.found import Found, find
from forum.search.labels import Labels
from forum.search.page import helping
from forum.search.page.showing import Showing, Sources
from forum.search.port import Building, Results, Unavailable
from forum.search.views.blueprint import bp, tell_observers
from forum.web import language
from forum.web.access import access, everyone


@bp.get("/search")
@access(everyone)  # not from the store of pages: the index follows the database a moment later, and a page kept between would stay wrong
def index() -> str | Response:
    """Practices, comments and people that answer a question."""
    wanted, sources = page.wish(request.args), _sources()
    if wanted.wants_town:
        town = (reader.meant(wanted.near) if wanted.near else None) or reader.town()
        if town is None:
            return redirect(url_for("places.town", next=request.full_path))
        wanted = replace(wanted, town=town)
    if wanted.empty:
        return render_template("search/start.html", wish=wanted, **_to_begin_with(sources))
    try:
        found = find(sources.session, g.actor, sources.engine, wanted.query, sources.synonyms, sources.shelf.load)
    except Unavailable as away:
        return render_template("search/away.html", wish=wanted, found=Found(Results()), building=isinstance(away, Building))
    tell_observers(wanted, found)
    return render_template("search/index.html", wish=wanted, found=found, shown=Showing(sources, wanted, found))


def _sources() -> Sources:
    kept = current_app.extensions
    return Sources(db.session(), g.actor, kept["search"], kept["shelf"], kept["synonyms"])


def _to_begin_with(sources: Sources) -> dict[str, Any]:
    """What others read, for who has not asked yet."""
    try:
        popular = helping.popular(sources.session, sources.actor, sources.engine, sources.shelf)
    except Unavailable:
        popular = helping.Popular()
    labels = Labels(sources.session, language.select(), popular.themes)
    return {"themes": helping.themes(popular.themes, labels), "popular": [page.brief(item, labels) for item in popular.practices]}
