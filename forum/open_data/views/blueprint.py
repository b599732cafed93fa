"""The one blueprint of the feature's pages."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState
from flask_babel import lazy_gettext as _l

from forum.open_data import statistics
from forum.web.canonical import outside

bp = Blueprint("open_data", __name__)


@bp.record_once
def _join(state: BlueprintSetupState) -> None:
    """Have the pages in the map for robots, and the sums of adoptions on the map of the regions."""
    state.app.extensions["sitemap"].append(lambda: [outside("open_data.catalogue"), outside("open_data.statistics")])
    state.app.extensions["region_numbers"]["adoptions"] = (_l("Внедрения"), statistics.adoptions_by_region)
