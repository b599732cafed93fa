"""The one blueprint of the feature's pages."""

from flask import Blueprint

bp = Blueprint("practices", __name__)
