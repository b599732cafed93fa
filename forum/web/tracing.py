"""A number for each request, so that what a person saw and what stands in the log can be brought together."""

import re
import secrets
from time import perf_counter

import structlog
from flask import Flask, Response, current_app, g, request

HEADER = "X-Request-Id"
SLOW_MS = 1_000
_GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")

log = structlog.get_logger()


def number() -> str:
    """This request's."""
    found: str = g.get("request_number", "")
    return found


def init_app(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    # A proxy of ours may have given it one; nobody else's number is believed.
    given = request.headers.get(HEADER, "") if current_app.config["PROXIES"] else ""
    g.request_number = given if _GIVEN.fullmatch(given) else secrets.token_hex(8)
    g.request_began = perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=g.request_number)


def _end(response: Response) -> Response:
    response.headers[HEADER] = number()
    took = (perf_counter() - g.get("request_began", perf_counter())) * 1_000
    if response.status_code >= 500 or took > SLOW_MS or current_app.config["LOG_REQUESTS"] == "on":
        # The rule, not the address: addresses hold what people look for, tokens, and names.
        rule = request.url_rule.rule if request.url_rule else None
        log.info("request", method=request.method, rule=rule, status=response.status_code, ms=round(took, 1))
    return response
