"""Finding the thing a view is about."""

from typing import TypeVar

from flask import abort
from sqlalchemy import Select
from werkzeug.routing import IntegerConverter

from forum.extensions import db

Row = TypeVar("Row")


class Number(IntegerConverter):
    """`<int:id>` in an address: no more digits than a column can hold, so that a longer one is 404 and not a failing query."""

    regex = r"\d{1,9}"


def find_or_404(query: Select[Row]) -> Row:
    """The one row of a query that names its audience; 404 where there is none."""
    found = db.session.execute(query).unique().scalar_one_or_none()
    if found is None:
        abort(404)
    return found
