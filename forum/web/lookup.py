"""Finding the thing a view is about."""

from typing import TypeVar

from flask import abort
from sqlalchemy import Select

from forum.extensions import db

Row = TypeVar("Row")


def find_or_404(query: Select[tuple[Row]]) -> Row:
    """The one row of a query that names its audience; 404 where there is none."""
    found = db.session.execute(query).unique().scalar_one_or_none()
    if found is None:
        abort(404)
    return found
