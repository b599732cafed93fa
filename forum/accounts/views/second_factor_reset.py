"""An admin takes away the second factor of somebody who has lost it."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.accounts import letters, policy, queries, second_factor, sessions
from forum.accounts.forms import ReasonForm
from forum.accounts.models import Person
from forum.accounts.views.blueprint import bp
from forum.core import events
from forum.extensions import db
from forum.web.access import access, admins, require
from forum.web.lookup import find_or_404
from forum.web.redirects import safe_next

Answer = Response | str | tuple[str, int]


def _found(handle: str) -> Person:
    person = find_or_404(queries.by_handle(handle))
    require(policy.can_reset_second_factor(g.actor, person))
    return person


@bp.get("/people/<handle>/second-factor-reset", endpoint="second_factor_reset")
@access(admins)
def ask(handle: str) -> str:
    """Why: the person will read it."""
    return render_template("accounts/second_factor_reset.html", person=_found(handle), form=ReasonForm(None))


@bp.post("/people/<handle>/second-factor-reset")
@access(admins)
def reset_second_factor(handle: str) -> Answer:
    """The password alone lets the person in again; their sessions end."""
    person, form = _found(handle), ReasonForm()
    if not form.validate():
        return render_template("accounts/second_factor_reset.html", person=person, form=form), 422
    reason = (form.reason.data or "").strip()
    second_factor.remove(db.session(), person)
    sessions.end_all(db.session(), person.id)
    events.record(db.session(), "admin.second_factor_reset", by=g.actor, person_id=person.id, reason=reason)
    letters.tell_of_second_factor(db.session(), person, "reset", reason=reason)
    flash(_("%(name)s: вход с кодом сброшен.", name=person.name), "good")
    return redirect(safe_next(url_for("admin.person", handle=handle)))
