"""The results page."""

from flask import Blueprint, current_app, g, render_template, request
from flask.blueprints import BlueprintSetupState

from forum.extensions import db
from forum.search import page, queue
from forum.search.found import Found, find
from forum.search.labels import Labels
from forum.search.opening import open_engine
from forum.search.port import Engine, Query, Results, Unavailable
from forum.web import language
from forum.web.access import access, everyone

bp = Blueprint("search", __name__)
blueprints = (bp,)
LATE = 300  # seconds: longer means that no indexer runs


@bp.record_once
def _open(state: BlueprintSetupState) -> None:
    # A wrong address is told at the start; files are opened at the first use.
    state.app.extensions["search"] = engine = open_engine(state.app.config["SEARCH_URL"])
    state.app.extensions["readiness"] |= {"index": lambda: _answers(engine), "queue": lambda: queue.lag(db.session()) < LATE}
    state.app.extensions["gauges"] |= {
        "search_queue": ("Entries the indexer has yet to take", lambda: queue.waiting(db.session())),
        "search_lag_seconds": ("Age of the oldest of them", lambda: queue.lag(db.session())),
    }


def _answers(engine: Engine) -> bool:
    try:
        engine.search(Query("ready", limit=1))
    except Unavailable:
        return False
    return True


@bp.get("/search")
@access(everyone)  # not from the store of pages: the index follows the database a moment later, and a page kept between would stay wrong
def index() -> str:
    """Practices and comments that answer a question."""
    wanted = page.wish(request.args)
    if wanted.empty:
        return render_template("search/index.html", wish=wanted, found=None)
    try:
        found, away = find(db.session(), g.actor, current_app.extensions["search"], wanted.query), False
    except Unavailable:
        found, away = Found(Results()), True
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
