"""The blueprint of search: opens the engine, says how it is, and who is told of what was asked."""

from collections.abc import Callable

from flask import Blueprint, current_app
from flask.blueprints import BlueprintSetupState

from forum.extensions import db
from forum.search import queue
from forum.search.found import Found
from forum.search.opening import open_engine
from forum.search.page import Wish
from forum.search.port import Engine, Query, Unavailable
from forum.search.shelf import Shelf
from forum.search.wordlist import WordList

bp = Blueprint("search", __name__)
LATE = 300  # seconds: longer means that no indexer runs

Observer = Callable[[Wish, Found], None]


@bp.record_once
def _open(state: BlueprintSetupState) -> None:
    # A wrong address is told at the start; files are opened at the first use.
    state.app.extensions["search"] = engine = open_engine(state.app.config["SEARCH_URL"], state.app.config["DATABASE_URL"])
    state.app.extensions["synonyms"] = WordList()
    state.app.extensions["shelf"] = Shelf()
    # Features above add functions here, to be told of every question asked on the results page and what was found.
    state.app.extensions["search_observers"] = []
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


def tell_observers(wish: Wish, found: Found) -> None:
    """Let the features above know what was asked and found."""
    observers: list[Observer] = current_app.extensions["search_observers"]
    for observer in observers:
        observer(wish, found)
