"""Where the views hang: those of notices, and those that letters lead to."""

from flask import Blueprint

bp = Blueprint("notifications", __name__)
letters_bp = Blueprint("letters", __name__)
