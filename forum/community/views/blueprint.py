"""The blueprint that all these pages hang on."""

from flask import Blueprint

bp = Blueprint("community", __name__)
