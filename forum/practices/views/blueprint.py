"""The one blueprint of the feature's pages."""

from flask import Blueprint

bp = Blueprint("practices", __name__)

# A number that every database takes: greater ones are no address of ours.
ID = "int(max=2147483647)"
