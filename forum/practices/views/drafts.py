"""What is not finished: drafts, working copies, what waits or was hidden, and what was deleted and can be had back."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import current_app, flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.core import typed
from forum.core.clock import now
from forum.entries import queries as entries
from forum.entries.models import State
from forum.extensions import db
from forum.practices import queries, saving
from forum.practices.forms import cleaned
from forum.practices.forms.practice import MAX_TITLE
from forum.practices.forms.raw import packed
from forum.practices.models import Practice
from forum.practices.views.blueprint import ID, bp
from forum.practices.views.editor import seen_here
from forum.practices.views.tabs import behind
from forum.practices.views.write import editable
from forum.web import once
from forum.web.access import access, members, require, wants_json
from forum.web.errors import problem

GROUPS = ("draft", "waiting", "hidden")


@bp.get("/drafts")
@access(members)
def drafts() -> str:
    """Everything of one's own that others don't see."""
    practices = db.session.scalars(queries.unfinished(g.actor)).all()
    copies = {copy.entry_id: copy for copy in db.session.scalars(queries.copies_of(g.actor))}
    groups = {state: [practice for practice in practices if practice.state == state] for state in GROUPS}
    removed = db.session.scalars(entries.withdrawn(g.actor)).all()
    return render_template("practices/drafts.html", groups=groups, copies=copies, removed=removed)


@bp.post("/drafts")
@access(members)
def begin() -> Response:
    """A new draft for what is being typed; the words go to its working copy."""
    require(g.actor.may_write)
    title, before = typed.line(request.form.get("title"))[:MAX_TITLE], db.session.scalar(queries.own(once.earlier() or 0, g.actor))
    if before is not None and before.state != State.DRAFT and before.title == title:
        # Published from this very form while the words were on their way here: nothing is left to keep.
        return jsonify(saved_at=_clock(now())) if wants_json() else redirect(url_for(".edit", id=before.id), 303)
    practice = before if before is not None and before.state == State.DRAFT else saving.begin(db.session(), g.actor)
    once.made(practice.id)
    practice.title = title
    if not wants_json():
        return redirect(url_for(".edit", id=practice.id), 303)
    addresses = {"url": url_for(".edit", id=practice.id), "autosave": url_for(".working_copy", id=practice.id)}
    return jsonify(**_keep(practice), version=practice.version, pictures=url_for(".picture", id=practice.id), **addresses)


@bp.post(f"/practices/<{ID}:id>/working-copy")
@access(members)
def working_copy(id: int) -> Response:
    """Keep the form as it is typed, valid or not; `discard=1` throws the copy away.

    409 where another tab has kept a text that this one has not seen; `over=1` writes over it, and it stays as a version.
    """
    practice = editable(id)
    if request.form.get("discard"):
        saving.drop_copy(db.session(), practice, g.actor)
        flash(_("Несохранённые правки убраны."), "good")
        return redirect(url_for(".edit", id=id), 303)
    other = behind(id)
    if other is not None and wants_json() and not request.form.get("over"):
        words = _("Этот черновик правили в другой вкладке в %(time)s.", time=_clock(other.saved_at))
        return problem(409, words, code="draft.other_tab")
    saved = _keep(practice)
    return jsonify(**saved) if wants_json() else redirect(url_for(".edit", id=id), 303)


def _keep(practice: Practice) -> dict[str, str]:
    """Keep what came; the time of it on the site's clock, and its stamp."""
    at = now()
    fields = packed(cleaned(request.form))
    if not (fields.get("version") or [""])[0]:
        fields["version"] = [str(practice.version)]
    copy = saving.keep_copy(db.session(), practice, g.actor, fields, at, seen_here())
    return {"saved_at": _clock(at), "copy": copy.stamp}


def _clock(at: datetime) -> str:
    return f"{at.astimezone(ZoneInfo(current_app.config['TIMEZONE'])):%H:%M}"
