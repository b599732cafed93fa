"""The results page."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from forum.search.opening import open_engine

bp = Blueprint("search", __name__)
blueprints = (bp,)


@bp.record_once
def _open(state: BlueprintSetupState) -> None:
    # A wrong address is told at the start; files are opened at the first use.
    state.app.extensions["search"] = open_engine(state.app.config["SEARCH_URL"])
