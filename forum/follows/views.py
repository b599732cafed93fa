"""Following and muting, the list of both, and names to call people by."""

from typing import Any

from flask import Blueprint, abort, current_app, flash, g, jsonify, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from forum.core.errors import Refused
from forum.entries import queries as entries
from forum.entries.addresses import address_of
from forum.entries.models import Entry
from forum.extensions import db
from forum.follows import completing, models, queries, things
from forum.web import carry, redirects, refusals
from forum.web.access import access, members, wants_json
from forum.web.language import named
from forum.web.lookup import find_or_404
from forum.web.paging import paginate

bp = Blueprint("follows", __name__)
blueprints = (bp,)

PAGE, MUTED = 50, 200


@bp.app_template_global()
def follows(kind: str, key: int | str) -> bool:
    """Whether the reader follows a thing, given what `follows` points to it by."""
    return queries.is_followed(db.session(), g.actor, kind, key)


@bp.post("/follows")
@access(members)
def change() -> Response:
    """Follow what `kind` and `key` name; with `value` 0 no longer."""
    on = _change(request.form)
    if on is None:
        abort(404)
    return jsonify(following=on) if wants_json() else redirect(redirects.back(url_for("follows.index")), 303)


def _change(asked: MultiDict[str, str]) -> bool | None:
    """Whether the thing is followed now; None where there is no such thing."""
    session, kind = db.session(), asked.get("kind", "")
    key = things.find(session, g.actor, kind, asked.get("key", ""))
    if key is None:
        return None
    on = asked.get("value", "1") != "0"
    (models.follow if on else models.unfollow)(session, g.actor, kind, key)
    return on


PROMISE = _l("Чтобы следить за новым, войдите. Нажимать ещё раз не придётся.")


def _follow_at_sign_in(asked: MultiDict[str, str]) -> Response:
    """What a guest ordered before they signed in."""
    try:
        if _change(asked):
            flash(_("Готово: теперь вы узнаете о новом."), "good")
    except Refused as refusal:
        flash(refusals.words(refusal), "warn")
    return redirect(redirects.safe_next(asked.get("next"), url_for("follows.index")), 303)


@bp.record_once
def _run_at_sign_in(state: BlueprintSetupState) -> None:
    carry.at_sign_in(state.app, "/follows", carry.Errand(PROMISE, _follow_at_sign_in))


@bp.post("/entries/<int:id>/mute")
@access(members)
def mute(id: int) -> Response:
    """Hear nothing of a discussion; with `value` 0 hear of it again."""
    entry = find_or_404(entries.by_id(id, g.actor))
    if entry.root_id is not None:
        abort(404)
    muted = request.form.get("value", "1") != "0"
    (models.mute if muted else models.unmute)(db.session(), g.actor, entry.id)
    return jsonify(muted=muted) if wants_json() else redirect(redirects.back(address_of(entry)), 303)


@bp.get("/account/follows")
@access(members)
def index() -> str:
    """All that one follows, by kind, and what one has muted."""
    session, follow = db.session(), models.Follow
    page = paginate(session, queries.discussions(g.actor.id), (follow.at, follow.id), request.args.get("page"), PAGE)
    muted = session.scalars(queries.mutes(g.actor.id).limit(MUTED)).all()
    found = entries.by_ids(session, g.actor, [*(row.entry_id for row in page.items), *(row.entry_id for row in muted)])
    return render_template(
        "follows/index.html",
        page=page,
        discussions=[_talk(found[row.entry_id]) for row in page.items if row.entry_id in found],
        muted=[_talk(found[row.entry_id]) for row in muted if row.entry_id in found],
        groups=_groups(),
    )


def _talk(entry: Entry) -> dict[str, Any]:
    return {"entry": entry, "url": address_of(entry)}


def _groups() -> dict[str, list[dict[str, Any]]]:
    """Rows by kind: what the thing is called, its page, and the key of its button."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in db.session.execute(queries.others(g.actor.id)):
        if row.handle is not None:
            kind, text, key, url = "person", row.person, row.handle, url_for("practices.person", handle=row.handle)
        elif row.slug is not None:
            kind, text, key, url = "tag", row.tag, row.slug, url_for("practices.tag", slug=row.slug)
        elif row.Region is not None:
            kind, text, key = "region", named(row.Region), row.Region.code
            url = url_for("practices.region", code=key)
        elif row.Municipality is not None:
            kind, text, key = "municipality", named(row.Municipality), row.Municipality.id
            url = url_for("practices.municipality", id=key)
        else:
            kind, text, key = "nomination", named(row.Nomination, "short"), row.Nomination.id
            url = url_for("practices.index", nomination=key)
        groups.setdefault(kind, []).append({"text": text, "key": key, "url": url})
    return groups


@bp.get("/people/completions")
@access(members)
def completions() -> Response:
    """People to mention: `q` is what has been typed after «@», `entry` the discussion it is typed in."""
    session, number = db.session(), request.args.get("entry", "")
    names = current_app.extensions["search_names"].get("person", session, current_app.extensions["search"])
    entry_id = int(number) if number.isascii() and number.isdecimal() and len(number) < 10 else 0
    found = completing.complete(session, g.actor, names, request.args.get("q", "").lstrip("@"), entry_id)
    return jsonify(items=[{"handle": row.handle, "name": row.name, "note": _note(row)} for row in found])


def _note(row: Any) -> str:
    return ", ".join(filter(None, [row.position, named(row, "place") if row.place else ""]))
