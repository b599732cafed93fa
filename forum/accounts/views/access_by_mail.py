"""A new password by a link in a letter."""

from flask import flash, redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.accounts import actions, letters, passwords, queries, throttle, tokens
from forum.accounts.forms import AskResetForm, NewPasswordForm
from forum.accounts.models import Person
from forum.accounts.signing import sign_out
from forum.accounts.views.blueprint import bp
from forum.core.errors import Refused
from forum.extensions import db
from forum.web.access import access, everyone

Answer = Response | str | tuple[str, int]


@bp.get("/reset")
@access(everyone)
def reset() -> Answer:
    """Ask for a link."""
    return render_template("accounts/reset.html", form=AskResetForm())


@bp.post("/reset")
@access(everyone)
def send_reset() -> Answer:
    """Send the link where there is an account; the answer is the same where there is none."""
    form = AskResetForm()
    if not form.validate():
        return render_template("accounts/reset.html", form=form), 422
    try:
        throttle.take(throttle.RESET, throttle.address())
    except Refused as refusal:
        form.show(refusal)
        return render_template("accounts/reset.html", form=form), 429
    person = db.session.execute(queries.by_email(form.email.data or "")).unique().scalar_one_or_none()
    if person is not None:
        letters.send_reset(db.session(), person)
    session["letter_to"] = form.email.typed[:254]
    return redirect(url_for("accounts.reset_sent"), 303)


@bp.get("/reset/sent")
@access(everyone)
def reset_sent() -> str:
    """A letter is on its way, if there is an account."""
    return render_template("accounts/sent.html", address=session.get("letter_to", ""), reset=True)


def _person_of(token: str) -> Person | None:
    found = tokens.read_reset(token)
    if found is None:
        return None
    person = db.session.execute(queries.as_actor(found[0])).unique().scalar_one_or_none()
    return person if person is not None and tokens.is_bound(person, found[1]) else None


def _page(form: NewPasswordForm, token: str) -> str:
    return render_template("accounts/new_password.html", form=form, token=token)


@bp.get("/reset/<token>")
@access(everyone)
def reset_password(token: str) -> Answer:
    """The form a reset link opens."""
    if _person_of(token) is None:
        return render_template("accounts/link_gone.html", purpose="reset"), 410
    return _page(NewPasswordForm(), token)


@bp.post("/reset/<token>")
@access(everyone)
def set_password(token: str) -> Answer:
    """Set the new password: the link is spent, all sessions end. Who reads the letter has proved the address as well."""
    person = _person_of(token)
    if person is None:
        return render_template("accounts/link_gone.html", purpose="reset"), 410
    form = NewPasswordForm()
    if not form.validate():
        return _page(form, token), 422
    try:
        passwords.check(form.password.data or "", person.email)
    except Refused as refusal:
        form.show(refusal)
        return _page(form, token), 422
    actions.set_password(db.session(), person, passwords.hash_password(form.password.data or ""))
    actions.confirm(db.session(), person)
    letters.tell_of_new_password(db.session(), person)
    sign_out()
    flash(_("Пароль изменён, остальные сеансы завершены. Войдите с новым паролем."), "good")
    return redirect(url_for("accounts.login"))
