"""One way for all steps on an entry: found and held, allowed, taken, done, told. Whoever comes second is told who was first."""

from collections.abc import Callable
from typing import Any

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from forum.accounts.models import Person
from forum.core.errors import Refused
from forum.entries.models import Entry, State
from forum.entries.policy import can_moderate
from forum.extensions import db
from forum.moderation import actions, claims, decisions, queries, wording
from forum.moderation.decisions import Decided
from forum.moderation.forms import StepForm
from forum.moderation.views.reports import address
from forum.web import redirects
from forum.web.access import require, wants_json
from forum.web.errors import Answer as ErrorAnswer
from forum.web.errors import problem
from forum.web.lookup import find_or_404
from forum.web.templating import moment
from forum.web.transaction import keep

Answer = Response | tuple[str, int] | ErrorAnswer
Page = Callable[..., str]
NOTHING_LEFT = _l("Здесь решать уже нечего: записью занялись раньше.")


def found(id: int) -> Entry:
    """The entry, held, where the actor may judge it; else 404 or 403."""
    entry = find_or_404(queries.held_entry(id, g.actor))
    require(can_moderate(g.actor, entry))
    return entry


def sight(entry: Entry) -> str:
    """What the page shows, for its forms to send back as `seen`."""
    return decisions.seen(entry, decisions.last_ones(db.session(), [entry.id]).get(entry.id, 0))


def told(decided: Decided) -> str:
    """What another moderator has decided, in a sentence."""
    event = decided.event
    person = db.session.get(Person, event.actor_id) if event.actor_id else None
    words = _(
        "Решение уже принято. %(what)s: %(name)s, %(when)s.",
        what=wording.step(event.kind, event.data),
        name=person.name if person else wording.role(event.actor_role),
        when=moment(event.at),
    )
    why = _("Причина: %(reason)s", reason=event.reason) if event.reason else ""
    return f"{words} {why}".strip()


def perform(entry: Entry, form: StepForm, step: Callable[[], bool | None], done: str, page: Page, deciding: bool = False) -> Answer:
    """Do the step and lead on, or show `page` again with what was typed; starting takes the entry."""
    session, id = db.session(), entry.id
    seen = request.form.get("seen", "") if deciding else None
    try:
        if form.validate():
            with session.begin_nested():
                acted = actions.act(session, entry, g.actor, step, seen)
            return lead_on(entry, done if acted else str(NOTHING_LEFT), "good" if acted else "info")
    except Decided as decided:
        if wants_json():
            return problem(409, told(decided), code="moderation.decided")
        return page(decided=told(decided)), 409
    except Refused as refusal:
        if wants_json() or refusal.field is None or refusal.field not in form:
            raise
        form.show(refusal)
    claims.take(session, id, g.actor)
    keep()
    return page(), 422


def lead_on(entry: Entry, done: str, kind: str = "good") -> Response:
    """Where the form came from, or to the entry; to the queue where the actor sees it no more."""
    if wants_json():
        return jsonify(state=entry.state, locked=entry.locked)
    flash(done, kind)
    gone = entry.state in (State.DRAFT, State.WITHDRAWN)
    return redirect(redirects.back(url_for("moderation.queue") if gone else address(entry)))


def step_page(entry: Entry, form: StepForm, name: str = "", **fixed: Any) -> Page:
    """The page of a step that needs no more than a reason."""

    def draw(decided: str = "") -> str:
        back = redirects.back(address(entry))
        values = {"form": form, "entry": entry, "action": request.path, "name": name, "back": back, "seen": sight(entry)}
        return render_template("moderation/step.html", decided=decided, fixed=fixed, **values)

    return draw
