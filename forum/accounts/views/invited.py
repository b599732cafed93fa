"""Joining by an invitation: its reader has proved the address already."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from forum.accounts import actions, inviting, passwords, queries, throttle, tokens
from forum.accounts.forms import InvitedForm
from forum.accounts.models import Invitation, Person
from forum.accounts.views.blueprint import bp
from forum.accounts.views.registration import newcomer, welcome
from forum.core.clock import now
from forum.core.errors import Refused
from forum.extensions import db
from forum.places.choice import current_of
from forum.places.forms import listed
from forum.web.access import access, everyone
from forum.web.redirects import safe_next

Answer = Response | str | tuple[str, int]


def _found(token: str) -> tuple[Invitation, Person] | None:
    read = tokens.read_invitation(token)
    invitation = db.session.get(Invitation, read[0]) if read else None
    if invitation is None or read is None or invitation.email != read[1] or not invitation.is_open(now()):
        return None
    return invitation, db.session.get_one(Person, invitation.inviter_id, options=[joinedload(Person.municipality)])


def _page(form: InvitedForm, invitation: Invitation, inviter: Person, token: str) -> str:
    form.municipality.options = form.municipality.options or listed()
    return render_template("accounts/invited.html", form=form, invitation=invitation, inviter=inviter, token=token)


def _gone() -> tuple[str, int]:
    return render_template("accounts/link_gone.html", purpose="invitation"), 410


@bp.get("/invitations/<token>")
@access(everyone)
def invited(token: str) -> Answer:
    """The form to join, with what is known already."""
    if not g.actor.is_guest:
        return redirect(safe_next(None))
    found = _found(token)
    if found is None:
        return _gone()
    invitation, inviter = found
    place = current_of(db.session(), inviter.municipality_id) if inviter.municipality_id else None
    return _page(InvitedForm(None, municipality=place), invitation, inviter, token)


@bp.post("/invitations/<token>")
@access(everyone)
def join_invited(token: str) -> Answer:
    """Make the account, its address confirmed, and sign in."""
    found, form = _found(token), InvitedForm()
    if found is None:
        return _gone()
    invitation, inviter = found
    if not form.validate():
        return _page(form, invitation, inviter, token), 422
    try:
        passwords.check(form.password.data or "", invitation.email)
        throttle.take(throttle.REGISTER, throttle.address())
    except Refused as refusal:
        form.show(refusal)
        return _page(form, invitation, inviter, token), 429 if refusal.code == "too_often" else 422
    return _join(form, invitation)


def _join(form: InvitedForm, invitation: Invitation) -> Response | str:
    made = actions.join(db.session(), newcomer(form, invitation.email))
    if made is None:
        flash(_("Учётная запись с этой почтой уже есть. Войдите."), "info")
        return redirect(url_for("accounts.login"))
    person = db.session.execute(queries.as_actor(made.id)).unique().scalar_one()
    actions.confirm(db.session(), person)
    inviting.accept_all(db.session(), person, now())
    return welcome(person)
