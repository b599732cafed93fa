"""The one blueprint of the feature's pages, and what stands before every view."""

from flask import Blueprint, current_app, request

from forum.entries.screening import COUNTED
from forum.extensions import db
from forum.trust import shield
from forum.web.transaction import SAFE

bp = Blueprint("trust", __name__)


@bp.before_app_request
def guard() -> None:
    """Keep volumes out; what is written in a request counts."""
    if current_app.config["RATELIMIT_ENABLED"]:
        shield.stand()
        if request.method not in SAFE:
            db.session().info[COUNTED] = True
