"""Where a person is signed in, and signing out there."""

from flask import abort, current_app, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.accounts import identity, queries, sessions, signing
from forum.accounts.models import BrowserSession
from forum.accounts.views.blueprint import bp
from forum.core import events
from forum.core.clock import now
from forum.extensions import db
from forum.web.access import access, members


def _open_ones() -> list[BrowserSession]:
    at = now()
    return [row for row in db.session.scalars(queries.sessions_of(g.actor.id)) if row.is_open(at, identity.idle(row.remembered))]


@bp.get("/account/sessions", endpoint="sessions")
@access(members)
def listed() -> str:
    """The sessions there are, this one among them."""
    config = current_app.config
    return render_template(
        "accounts/sessions.html",
        rows=_open_ones(),
        present=identity.present(),
        idle_days=max(1, config["SESSION_IDLE_HOURS"] // 24),
        short_hours=config["SESSION_SHORT_HOURS"],
    )


@bp.post("/account/sessions/<int:id>/ending")
@access(members)
def end_session(id: int) -> Response:
    """Sign out one browser, perhaps this one."""
    row = db.session.get(BrowserSession, id)
    if row is None or row.person_id != g.actor.id or row.ended_at is not None:
        abort(404)
    events.record(db.session(), "account.sessions_ended", by=g.actor, person_id=g.actor.id, device=row.device)
    if row is identity.present():
        signing.sign_out()
        return redirect(url_for("accounts.login"))
    sessions.end(row)
    flash(_("Сеанс завершён."), "good")
    return redirect(url_for("accounts.sessions"))


@bp.post("/account/sessions/ending")
@access(members)
def end_sessions() -> Response:
    """Sign out every browser but this one."""
    row = identity.present()
    if sessions.end_all(db.session(), g.actor.id, but=row.id if row else None):
        events.record(db.session(), "account.sessions_ended", by=g.actor, person_id=g.actor.id)
    flash(_("Остальные сеансы завершены."), "good")
    return redirect(url_for("accounts.sessions"))
