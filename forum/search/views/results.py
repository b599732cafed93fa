"""The results page."""

from flask import current_app, g, render_template, request

from forum.extensions import db
from forum.search import page
from forum.search.found import Found, find
from forum.search.labels import Labels
from forum.search.port import Results, Unavailable
from forum.search.views.blueprint import bp, tell_observers
from forum.web import language
from forum.web.access import access, everyone


@bp.get("/search")
@access(everyone)  # not from the store of pages: the index follows the database a moment later, and a page kept between would stay wrong
def index() -> str:
    """Practices and comments that answer a question."""
    wanted = page.wish(request.args)
    if wanted.empty:
        return render_template("search/index.html", wish=wanted, found=None)
    try:
        kept = current_app.extensions
        found, away = find(db.session(), g.actor, kept["search"], wanted.query, kept["synonyms"]), False
    except Unavailable:
        found, away = Found(Results()), True
    if not away:
        tell_observers(wanted, found)
    tags = {*wanted.chosen["tag"], *found.results.facets.get("tag", {})}
    labels = Labels(db.session(), language.select(), tags)
    lists = page.facets(wanted, found, labels)
    return render_template(
        "search/index.html",
        wish=wanted,
        found=found,
        away=away,
        lists=lists,
        chips=page.chips(lists),
        sorts=page.sorts(wanted),
        pages=page.pages(wanted, found.results.total),
        cards=[page.card(item, found.results.terms, labels) for item in found.items],
    )
