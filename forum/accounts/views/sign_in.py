"""Signing in and out."""

import structlog
from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.accounts import devices, passwords, queries, throttle
from forum.accounts.addresses import normal
from forum.accounts.digests import digest
from forum.accounts.forms import CodeForm, SignInForm
from forum.accounts.models import Person
from forum.accounts.signing import ask_for_code, go_on, sign_in, sign_out
from forum.accounts.views import second_step
from forum.accounts.views.blueprint import bp
from forum.core import events
from forum.core.actor import GUEST
from forum.core.errors import Refused
from forum.extensions import db
from forum.web import refusals, transaction
from forum.web.access import access, everyone, members
from forum.web.redirects import safe_next

log = structlog.get_logger()
Answer = Response | str | tuple[str, int] | tuple[str, int, dict[str, str]]


@bp.get("/login")
@access(everyone)
def login() -> Answer:
    """The sign-in form."""
    if not g.actor.is_guest:
        return redirect(safe_next(request.args.get("next")))
    return _page(SignInForm(next=request.args.get("next", "")))


def _page(form: SignInForm) -> str:
    return render_template("accounts/login.html", form=form)


@bp.post("/login")
@access(everyone)
def authenticate() -> Answer:
    """Sign in, and go on with what was wanted: a page, or a form that a session had ended under."""
    form = SignInForm()
    if not form.validate():
        return _page(form), 422
    email = normal(form.email.data or "") or ""
    try:
        notes = throttle.take(throttle.SIGN_IN, throttle.account(email or str(form.email.data)), throttle.address())
    except Refused as refusal:
        log.warning("sign_in_throttled", account=digest(email)[:12], network=devices.network(request.remote_addr or ""))
        form.form_errors.append(refusals.words(refusal))
        return _page(form), 429, {"Retry-After": str(60 * int(refusal.params["minutes"]))}
    person = db.session.execute(queries.by_email(email)).unique().scalar_one_or_none()
    transaction.checkpoint()
    if not passwords.matches(person.password_hash if person else None, form.password.data or "") or person is None:
        log.warning("sign_in_failed", account=digest(email)[:12], network=devices.network(request.remote_addr or ""))
        # Of unknown addresses too: what takes longer would tell who has an account.
        events.record(db.session(), "account.sign_in_failed", by=GUEST, person_id=person.id if person else None, account=digest(email)[:12])
        transaction.keep()
        form.form_errors.append(_("Почта или пароль не подходят."))
        return _page(form), 422
    throttle.give_back(notes)
    _renew_hash(person, form.password.data or "")
    if person.second_factor_at is not None:
        ask_for_code(person, remember=bool(form.remember.data))
        return second_step.page(CodeForm(None, next=form.next.data, carried=form.carried.data))
    sign_in(person, remember=bool(form.remember.data))
    return go_on(form.next.data, form.carried.data)


def _renew_hash(person: Person, password: str) -> None:
    if passwords.outdated(person.password_hash):
        person.password_hash = passwords.hash_password(password)


@bp.post("/logout")
@access(members)
def logout() -> Response:
    """Sign out of this browser."""
    sign_out()
    return redirect(url_for("accounts.login"))
