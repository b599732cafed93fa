"""Practices like the one that is read, and practices whose titles say what somebody is about to write once more."""

from flask import current_app, jsonify, render_template, request
from werkzeug.wrappers import Response

from forum.core import typed
from forum.core.text import fit
from forum.extensions import db
from forum.practices import similar
from forum.practices.forms.practice import MAX_TITLE
from forum.practices.models import Practice
from forum.practices.views.blueprint import bp
from forum.practices.views.cards import Card, card
from forum.web import language
from forum.web.access import access, members
from forum.web.language import named


@bp.get("/practices/similar")
@access(members)
def near() -> Response:
    """For the form, while a title is typed: `title`, and `but`, the number of the practice it belongs to. Answers `{"html": "…"}`."""
    but = request.args.get("but", "")
    number = int(but) if but.isascii() and but.isdecimal() and len(but) < 10 else None
    duplicates = near_title(request.args.get("title"), number)
    return jsonify(html=render_template("practices/form/_duplicates.html", duplicates=duplicates))


def near_title(title: str | None, but: int | None) -> list[Card]:
    """Cards of the published practices nearest to a title as it was typed."""
    line = typed.line(fit(title or ""))[:MAX_TITLE]
    return _cards(similar.near(db.session(), current_app.extensions["search"], line, but)) if line else []


def like(practice: Practice) -> list[Card]:
    """Cards of the published practices on the same subject; raises `Unavailable`."""
    return _cards(similar.similar(db.session(), current_app.extensions["search"], practice))


def _cards(rows: similar.Rows) -> list[Card]:
    lang = language.select()
    return [card(row.card, named(row, "name", lang) or "", lang) for row in rows]
