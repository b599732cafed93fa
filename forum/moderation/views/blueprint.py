"""The one blueprint of the feature's pages, and what moderation tells the page's head."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from forum.core.actor import Actor
from forum.extensions import db
from forum.moderation import queries
from forum.moderation.forms import REASONS

bp = Blueprint("moderation", __name__)


def queue_size(actor: Actor) -> int:
    """The count beside the shield in the header."""
    return queries.size(db.session(), actor)


@bp.record_once
def _announce(state: BlueprintSetupState) -> None:
    state.app.extensions["queue_size"] = queue_size
    state.app.jinja_env.globals["report_reasons"] = REASONS
