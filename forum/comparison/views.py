"""The tray and the comparison itself."""

from typing import Any

from flask import Blueprint, abort, current_app, g, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forum.comparison import queries, sheet, tray
from forum.comparison.table import table
from forum.comparison.tray import COOKIE, MOST, Tray
from forum.core.errors import Refused
from forum.extensions import db
from forum.practices.models import Practice
from forum.practices.peers import standings
from forum.web import refusals
from forum.web.access import access, everyone, wants_json
from forum.web.canonical import outside
from forum.web.lookup import find_or_404

bp = Blueprint("comparison", __name__)
blueprints = (bp,)

MONTH = 2_592_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


# Not kept: what can be done with a practice here depends on the reader's own tray.
@bp.get("/compare")
@access(everyone)
def show() -> str | Response:
    """The practices of the address side by side; without any, those of the tray."""
    asked, own = tray.numbers(request.args.getlist("practice")), _own()
    if not asked and own:
        return redirect(_address(own, only=request.args.get("only")))
    return _page(asked, own)


@bp.post("/compare")
@access(everyone, csrf="origin")
def change() -> Response | tuple[str, int] | tuple[Response, int]:
    """Put a `practice` into the tray (`value=0`: take it out), in the place of `instead`; `keep` takes all of them anew, `clear` none."""
    asked, own = tray.numbers(request.form.getlist("practice")), _own()
    if not asked and "clear" not in request.form:
        abort(400)
    try:
        after = _changed(asked, own)
    except Refused as refusal:
        return _full(asked[0], own, refusal)
    return _keeping(after)


@bp.get("/compare.xlsx")
@access(everyone)
def spreadsheet() -> Response:
    """The same as a workbook, with whole texts."""
    practices = queries.side_by_side(db.session(), tray.numbers(request.args.getlist("practice"))[:MOST], g.actor)
    if not practices:
        abort(404)
    addresses = [outside("practices.show", id=one.id, slug=one.slug) for one in practices]
    groups = table(practices, standings(db.session(), practices))
    response = make_response(sheet.workbook([one.title for one in practices], addresses, groups))
    response.headers.set("Content-Disposition", "attachment", filename="compare.xlsx")
    response.content_type = XLSX
    return response


def _own() -> Tray:
    return tray.parse(request.cookies.get(COOKIE))


def _address(ids: Tray, **more: Any) -> str:
    return url_for(".show", practice=ids, **more)


def _changed(asked: Tray, own: Tray) -> Tray:
    if "clear" in request.form:
        return ()
    if "keep" in request.form:
        return tuple(one.id for one in queries.side_by_side(db.session(), asked[:MOST], g.actor))
    if request.form.get("value") == "0":
        return tray.take(own, asked[0])
    found = {one.id for one in queries.side_by_side(db.session(), (*own, asked[0]), g.actor)}
    if asked[0] not in found:
        abort(404)
    instead = tray.numbers([request.form.get("instead", "")])
    # What was hidden since keeps no place.
    return tray.put(tuple(one for one in own if one in found), asked[0], instead[0] if instead else None)


def _keeping(after: Tray) -> Response:
    response = jsonify(tray=after) if wants_json() else redirect(_address(after), 303)
    secure = current_app.config["SESSION_COOKIE_SECURE"]
    if after:
        # Read by compare-tray.js, which draws the tray: pages of guests are the same for all of them.
        response.set_cookie(COOKIE, tray.text(after), max_age=MONTH, samesite="Lax", secure=secure)
    else:
        response.delete_cookie(COOKIE, samesite="Lax", secure=secure)
    return response


def _full(practice: int, own: Tray, refusal: Refused) -> tuple[str, int] | tuple[Response, int]:
    if wants_json():
        return jsonify(message=refusals.words(refusal), tray=own), 409
    name = find_or_404(queries.title(practice, g.actor))
    return _page(own, own, fifth={"id": practice, "title": name}), 409


def _page(asked: Tray, own: Tray, fifth: dict[str, Any] | None = None) -> str:
    session, only = db.session(), request.args.get("only") == "differences"
    shown = asked[:MOST]
    practices = queries.side_by_side(session, shown, g.actor)
    ids = tuple(practice.id for practice in practices)
    return render_template(
        "comparison/show.html",
        practices=practices,
        columns=[_column(practice, ids) for practice in practices],
        groups=table(practices, standings(session, practices), differing=only and len(practices) > 1),
        ids=ids,
        own=shown == own,
        only=only,
        gone=len(shown) - len(practices),
        beyond=len(asked) > MOST,
        most=MOST,
        fifth=fifth,
        address=outside(".show", practice=ids),
    )


def _column(practice: Practice, ids: Tray) -> dict[str, Any]:
    return {
        "id": practice.id,
        "title": practice.title,
        "url": url_for("practices.show", id=practice.id, slug=practice.slug),
        "status": practice.status,
        "place": practice.municipality,
        "without": _address(tray.take(ids, practice.id)),
    }
