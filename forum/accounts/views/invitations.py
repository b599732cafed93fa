"""Inviting colleagues, and what became of it."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.accounts import address_changes, inviting, letters, policy, queries, throttle
from forum.accounts.forms import InviteForm
from forum.accounts.models import Invitation
from forum.accounts.views.blueprint import bp
from forum.core.clock import now
from forum.core.errors import Refused
from forum.extensions import db
from forum.web.access import access, members, require

Answer = Response | str | tuple[str, int]


def _page(form: InviteForm) -> str:
    return render_template(
        "accounts/invitations.html",
        form=form,
        rows=db.session.execute(queries.invitations_of(g.actor.id)).all(),
        at=now(),
        limit=inviting.A_DAY,
        allowed=policy.can_invite(g.actor, g.person),
    )


@bp.get("/account/invitations")
@access(members)
def invitations() -> str:
    """Whom the person has invited."""
    return _page(InviteForm(None))


@bp.post("/account/invitations")
@access(members)
def invite() -> Answer:
    """Send a letter. Nothing tells whether the address has an account."""
    require(policy.can_invite(g.actor, g.person))
    form = InviteForm()
    if not form.validate():
        return _page(form), 422
    email = form.email.data or ""
    try:
        invitation = inviting.invite(db.session(), g.person, email, g.actor)
        throttle.take(throttle.LETTERS, throttle.account(email))
    except Refused as refusal:
        form.show(refusal)
        return _page(form), 429 if refusal.code == "too_often" else 422
    letters.invite(db.session(), invitation, g.person, address_changes.is_taken(db.session(), email))
    flash(_("Приглашение отправлено: %(email)s.", email=email), "good")
    return redirect(url_for("accounts.invitations"))


@bp.post("/account/invitations/<int:id>/revocation")
@access(members)
def revoke_invitation(id: int) -> Response:
    """Take an invitation back."""
    invitation = db.session.get(Invitation, id)
    if invitation is None or invitation.inviter_id != g.actor.id:
        abort(404)
    inviting.revoke(db.session(), invitation, g.actor)
    flash(_("Приглашение отозвано."), "good")
    return redirect(url_for("accounts.invitations"))
