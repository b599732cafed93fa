"""Pages that belong to no feature: language, preview, health."""

import hmac

from flask import Blueprint, Response, abort, current_app, g, jsonify, redirect, request
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from sqlalchemy import func, select
from sqlalchemy import text as sql
from werkzeug.wrappers import Response as BaseResponse

from forum.core.clock import now
from forum.core.events import Delivery
from forum.core.letters import Letter
from forum.core.text import render
from forum.extensions import db
from forum.web import redirects
from forum.web.access import access, everyone, members
from forum.web.language import COOKIE

bp = Blueprint("web", __name__)
blueprints = (bp,)
YEAR = 31_536_000


@bp.post("/language")
@access(everyone, csrf="origin")
def set_language() -> BaseResponse:
    """Remember the language of the reader."""
    lang = request.form.get("lang", "")
    response = redirect(redirects.back())
    if lang in current_app.config["LANGUAGES"]:
        if g.person is not None:
            g.person.lang = lang
        response.set_cookie(COOKIE, lang, max_age=YEAR, httponly=True, samesite="Lax", secure=current_app.config["SESSION_COOKIE_SECURE"])
    return response


@bp.post("/preview")
@access(members)
def preview() -> Response:
    """How a Markdown text will look: rendered by the one renderer there is."""
    return jsonify(html=render(request.form.get("text", "")))


@bp.get("/healthz")
@access(everyone)
def healthz() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@access(everyone)
def readyz() -> Response:
    """Database, index and queue: each part names itself and says whether it is well."""
    parts = {"database": _database()}
    for name, check in current_app.extensions["readiness"].items():
        parts[name] = check()
    response = jsonify(ready=all(parts.values()), **parts)
    response.status_code = 200 if all(parts.values()) else 503
    return response


@bp.get("/metrics")
@access(everyone)
def metrics() -> Response:
    """Figures for Prometheus, for who shows FORUM_METRICS_TOKEN; nobody else learns that the page is here."""
    token = current_app.config["METRICS_TOKEN"]
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(shown.encode(), token.encode()):
        abort(404)
    registry = CollectorRegistry()
    session = db.session()
    outbox = {
        "deliveries_due": ("Subscribers still to be told", lambda: session.scalar(select(func.count()).where(Delivery.due_at <= now()))),
        "deliveries_given_up": (
            "Deliveries that failed for good",
            lambda: session.scalar(select(func.count()).where(Delivery.due_at.is_(None))),
        ),
        "letters_due": ("Letters still to be sent", lambda: session.scalar(select(func.count()).where(Letter.sent_at.is_(None)))),
    }
    for name, (words, measure) in {**outbox, **current_app.extensions["gauges"]}.items():
        Gauge(f"forum_{name}", words, registry=registry).set(measure() or 0)
    return Response(generate_latest(registry), mimetype="text/plain")


def _database() -> bool:
    db.session.execute(sql("SELECT 1"))
    return True
