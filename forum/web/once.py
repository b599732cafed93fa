"""A button pressed twice does its work once: each form that makes something is drawn with a key of its own."""

import hashlib
import re
from secrets import token_urlsafe

from flask import Flask, Response, g, redirect, request
from markupsafe import Markup

from forum.core import once
from forum.core.once import Submission
from forum.extensions import db
from forum.web.access import wants_json

FIELD = "once"
_KEY = re.compile(r"[\w-]{16,40}", re.ASCII)
_NO_WORDS = (FIELD, "csrf_token")


def new_key() -> str:
    """A key nobody has used."""
    return token_urlsafe(12)


def form_key() -> Markup:
    """The hidden field. A form that comes back keeps its key, so that it stays the same form."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, _sent_key() or new_key())


def earlier() -> int | None:
    """The id of the entry that this same form has made before, or None."""
    submission: Submission | None = g.get("submission")
    return submission.entry_id if submission is not None else None


def made(entry_id: int) -> None:
    """Say which entry this form has made."""
    submission: Submission | None = g.get("submission")
    if submission is not None:
        submission.entry_id = entry_id


def _sent_key() -> str | None:
    # A body that is no form is not touched here: whoever reads it may allow it less than a form.
    is_form = request.method == "POST" and request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data")
    key = request.form.get(FIELD, "") if is_form else ""
    return key if _KEY.fullmatch(key) else None


def _digest() -> str:
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in _NO_WORDS]
    return hashlib.sha256(repr((request.path, sorted(fields))).encode("utf-8", "surrogatepass")).hexdigest()


def _repeat() -> Response | None:
    """Lead the second press to where the first one led, where it says the same. Files are not compared: with them the view decides."""
    if request.endpoint is None or g.actor.is_guest or (key := _sent_key()) is None:
        return None
    submission, first = once.submit(db.session(), g.actor.id, key, _digest())
    g.submission = submission
    same = not first and submission.digest == _digest() and submission.location and not _files()
    return redirect(submission.location, 303) if same and not wants_json() else None  # type: ignore[return-value, arg-type]


def _files() -> bool:
    return any(file.filename for file in request.files.values())


def _note(response: Response) -> Response:
    submission: Submission | None = g.get("submission")
    if submission is not None and response.status_code in (302, 303):
        submission.digest, submission.location = _digest(), response.location
    return response


def init_app(app: Flask) -> None:
    app.before_request(_repeat)
    # After-request functions run last-registered first: this one writes before the transaction ends.
    app.after_request(_note)
    app.jinja_env.globals["form_key"] = form_key
