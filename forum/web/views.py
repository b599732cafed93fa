"""Pages that belong to no feature: language, preview, health."""

from flask import Blueprint, Response, current_app, g, jsonify, redirect, request
from sqlalchemy import text as sql
from werkzeug.wrappers import Response as BaseResponse

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
    for name, check in current_app.extensions.get("readiness", {}).items():
        parts[name] = check()
    response = jsonify(ready=all(parts.values()), **parts)
    response.status_code = 200 if all(parts.values()) else 503
    return response


def _database() -> bool:
    db.session.execute(sql("SELECT 1"))
    return True
