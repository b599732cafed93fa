"""What is refused before anything else looks at it: forms of endless fields, hosts that are no names."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from flask import Flask, abort, current_app, request
from werkzeug.sansio.utils import host_is_trusted

_HOST = re.compile(r"(?:(?:[\w-]{1,63}\.){0,30}[\w-]{1,63}\.?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?", re.ASCII | re.IGNORECASE)


class Hosts:
    """Answers 400 where the Host header is none, or not one of ours: below this, nothing could even draw a page of an error."""

    def __init__(self, app: Callable[..., Iterable[bytes]], ours: Sequence[str] = ()) -> None:
        self.app, self.ours = app, ours

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        host = environ.get("HTTP_HOST", "localhost")
        if _HOST.fullmatch(host) and (not self.ours or host_is_trusted(host, self.ours)):
            return self.app(environ, start_response)
        start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", "0")])
        return []


def init_app(app: Flask) -> None:
    app.wsgi_app = Hosts(app.wsgi_app, app.config["SITE_HOSTS"])  # type: ignore[method-assign]


def check_form() -> None:
    """413 where a form has more fields than any of ours: MAX_FORM_PARTS counts those of multipart forms alone."""
    if request.mimetype != "application/x-www-form-urlencoded":
        return
    if (request.content_length or 0) > current_app.config["MAX_FORM_MEMORY_SIZE"]:
        abort(413)
    # Kept, so that the form is read from it afterwards.
    if request.get_data(cache=True).count(b"&") > current_app.config["MAX_FORM_PARTS"]:
        abort(413)
