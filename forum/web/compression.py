"""Smaller answers for narrow lines."""

import gzip

from flask import Flask, Response, request

WORTH_IT = 1_000
KINDS = (
    *("text/", "application/xml", "image/svg+xml"),
    *(f"application/{kind}" for kind in ("json", "manifest+json", "problem+json", "atom+xml")),
)


def compress(response: Response) -> Response:
    """Gzip a text where the caller takes it."""
    if (
        response.direct_passthrough
        or response.status_code in (204, 304)
        or "Content-Encoding" in response.headers
        or not (response.mimetype or "").startswith(KINDS)
    ):
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"] or (response.content_length or 0) < WORTH_IT:
        return response
    response.set_data(gzip.compress(response.get_data(), compresslevel=5, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    return response


def init_app(app: Flask) -> None:
    app.after_request(compress)
