"""The blueprint of the administration, and what several of its pages choose from."""

from flask import Blueprint
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from forum.extensions import db
from forum.places.queries import regions
from forum.web.language import named

bp = Blueprint("admin", __name__, url_prefix="/admin")
Answer = Response | str | tuple[str, int]


def region_choices() -> list[SelectChoice]:
    """All regions, in the language of the page."""
    return sorted((SelectChoice(region.code, named(region)) for region in db.session.scalars(regions())), key=lambda one: str(one.label))
