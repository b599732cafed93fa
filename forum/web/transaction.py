"""A request is a transaction: an unsafe one is committed when it succeeds, any other is rolled back."""

from flask import Flask, Response, g, request

from forum.core import database
from forum.extensions import db

SAFE = frozenset(("GET", "HEAD", "OPTIONS"))


def keep() -> None:
    """Commit this request although its answer is an error: a failed sign-in must be counted."""
    g.keep = True


def checkpoint() -> None:
    """Commit what is done so far and let go of the lock: before work as slow as hashing a password."""
    db.session.commit()


def init_app(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    database.intend(request.method not in SAFE)


def _end(response: Response) -> Response:
    if request.method in SAFE:
        db.session.rollback()
    elif response.status_code < 400 or g.get("keep"):
        db.session.commit()
    else:
        db.session.rollback()
    return response
