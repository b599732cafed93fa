"""What a moderator does with an entry: each step a POST with its reason."""

from collections.abc import Callable

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from forum.core.actor import Actor
from forum.core.errors import Refused
from forum.entries.models import Entry, State
from forum.entries.policy import can_moderate
from forum.extensions import db
from forum.moderation import actions, queries
from forum.moderation.forms import StepForm
from forum.moderation.views.blueprint import bp
from forum.moderation.views.reports import address
from forum.web import redirects
from forum.web.access import access, moderators, require, wants_json
from forum.web.lookup import find_or_404

Step = Callable[[Entry, Actor, str], None]
Answer = Response | tuple[str, int]

ASKING = {
    "hide": _l("Скрыть запись"),
    "send_back": _l("Вернуть на доработку"),
    "lock": _l("Закрыть обсуждение"),
}


def _take(id: int, step: Step, done: str, name: str = "") -> Answer:
    entry = find_or_404(queries.visible_entry(id, g.actor))
    require(can_moderate(g.actor, entry))
    form = StepForm()
    try:
        if form.validate():
            step(entry, g.actor, form.reason.data or "")
            return _done(entry, done)
    except Refused as refusal:
        if wants_json() or refusal.field is None:
            raise
        form.show(refusal)
    return render_template(
        "moderation/step.html", form=form, entry=entry, action=request.path, name=ASKING.get(name, ""), back=redirects.back(address(entry))
    ), 422


def _done(entry: Entry, done: str) -> Response:
    if wants_json():
        return jsonify(state=entry.state, locked=entry.locked)
    flash(done, "good")
    gone = entry.state in (State.DRAFT, State.WITHDRAWN)
    return redirect(redirects.back(url_for("moderation.queue") if gone else address(entry)))


@bp.post("/entries/<int:id>/hiding")
@access(moderators)
def hide(id: int) -> Answer:
    """Hide, with the reason."""
    return _take(
        id, lambda entry, by, reason: actions.hide(db.session(), entry, by, reason), _("Запись скрыта. Автор увидит причину."), "hide"
    )


@bp.post("/entries/<int:id>/restoration")
@access(moderators)
def restore(id: int) -> Answer:
    """Show again."""
    return _take(id, lambda entry, by, reason: entry.restore(by, reason), _("Запись снова видна."))


@bp.post("/entries/<int:id>/approval")
@access(moderators)
def approve(id: int) -> Answer:
    """Publish a first post; reports on it are declined."""
    return _take(id, lambda entry, by, reason: actions.approve(db.session(), entry, by), _("Опубликовано."))


@bp.post("/entries/<int:id>/rework")
@access(moderators)
def send_back(id: int) -> Answer:
    """Return to the author for rework, with the reason."""
    step: Step = lambda entry, by, reason: actions.send_back(db.session(), entry, by, reason)  # noqa: E731
    return _take(id, step, _("Возвращено автору."), "send_back")


@bp.post("/entries/<int:id>/dismissal")
@access(moderators)
def dismiss(id: int) -> Answer:
    """Decline the open reports."""
    return _take(id, lambda entry, by, reason: actions.decline_reports(db.session(), entry, by, reason), _("Жалобы отклонены."))


@bp.post("/entries/<int:id>/lock")
@access(moderators)
def lock(id: int) -> Answer:
    """Close the discussion (`locked=1`, with the reason) or open it (`locked=0`)."""
    locked = request.form.get("locked", "1") == "1"
    done = _("Обсуждение закрыто.") if locked else _("Обсуждение снова открыто.")
    return _take(id, lambda entry, by, reason: entry.lock(by, locked, reason), done, "lock")
