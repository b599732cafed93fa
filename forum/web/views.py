"""Pages that belong to no feature: language, preview, health."""

import hmac
from collections.abc import Callable, Iterator

from flask import Blueprint, Response, abort, current_app, g, jsonify, redirect, request
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from sqlalchemy import ColumnElement, func, select
from sqlalchemy import text as sql
from werkzeug.wrappers import Response as BaseResponse

from forum.core.clock import now
from forum.core.events import Delivery
from forum.core.letters import Letter
from forum.core.text import render
from forum.extensions import db
from forum.web import display_page, manifest, redirects
from forum.web.access import access, everyone, members
from forum.web.language import COOKIE

bp = Blueprint("web", __name__)
blueprints = (bp, display_page.bp, manifest.bp)
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
    return jsonify(html=render(request.form.get("text", ""), current_app.extensions["called"]()))


@bp.get("/healthz")
@access(everyone)
def healthz() -> Response:
    """The process answers."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@access(everyone)
def readyz() -> Response:
    """Database, index and queue: each part says whether it is well, and how many seconds what follows the database lags."""
    parts = {"database": _database()}
    for name, check in current_app.extensions["readiness"].items():
        parts[name] = check()
    gauges = current_app.extensions["gauges"]
    lagging = [name for name in gauges if name.endswith("lag_seconds")] if parts["database"] else []
    lags = {name: round(gauges[name][1](), 1) for name in lagging}
    response = jsonify(ready=all(parts.values()), **parts, **lags)
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
    figures = CollectorRegistry()
    figures.register(Figures())
    return Response(generate_latest(figures), mimetype="text/plain")


class Figures:
    """What the application measures, asked for when somebody looks: the outbox, and what features have added."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """A gauge each, as the Prometheus client wants them."""
        for name, (words, measure) in {**self.outbox(), **current_app.extensions["gauges"]}.items():
            yield GaugeMetricFamily(f"forum_{name}", words, value=measure() or 0)

    @staticmethod
    def outbox() -> dict[str, tuple[str, Callable[[], int | None]]]:
        """Deliveries and letters on their way."""

        def count(*where: ColumnElement[bool]) -> Callable[[], int | None]:
            return lambda: db.session.scalar(select(func.count()).where(*where))

        return {
            "deliveries_due": ("Subscribers still to be told", count(Delivery.due_at <= now())),
            "deliveries_given_up": ("Deliveries that failed for good", count(Delivery.due_at.is_(None))),
            "letters_due": ("Letters still to be sent", count(Letter.sent_at.is_(None))),
        }


def _database() -> bool:
    db.session.execute(sql("SELECT 1"))
    return True
