"""Joining and proving the work address."""

from flask import current_app, flash, g, redirect, render_template, session, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.accounts import actions, letters, passwords, queries, throttle, tokens
from forum.accounts.forms import EmptyForm, RegisterForm
from forum.accounts.models import CONSENT_VERSION, Person
from forum.accounts.signing import sign_in
from forum.accounts.views.blueprint import bp
from forum.core.errors import Refused
from forum.extensions import db
from forum.places.forms import listed
from forum.web import carry, language
from forum.web.access import access, everyone, members
from forum.web.redirects import back, safe_next

Answer = Response | str | tuple[str, int]


@bp.get("/register")
@access(everyone)
def register() -> Answer:
    """The form to join."""
    return redirect(safe_next(None)) if not g.actor.is_guest else _page(RegisterForm())


def _page(form: RegisterForm) -> str:
    form.municipality.options = form.municipality.options or listed()
    return render_template("accounts/register.html", form=form)


@bp.post("/register")
@access(everyone)
def join() -> Answer:
    """Make an account and send the letter. An address that has one gets another letter, and its sender the same answer."""
    form = RegisterForm()
    if not form.validate():
        return _page(form), 422
    try:
        passwords.check(form.password.data or "", form.email.data or "")
        throttle.take(throttle.REGISTER, throttle.address())
    except Refused as refusal:
        form.show(refusal)
        return _page(form), 429 if refusal.code == "too_often" else 422
    person = actions.join(db.session(), newcomer(form, form.email.data or ""))
    if person is not None:
        letters.ask_to_confirm(db.session(), person)
    else:
        letters.tell_of_account(db.session(), db.session.execute(queries.by_email(form.email.data or "")).unique().scalar_one())
    session["letter_to"] = form.email.typed[:254]
    return redirect(url_for("accounts.sent"), 303)


def newcomer(form: RegisterForm, email: str) -> actions.Newcomer:
    """What the form tells of who joins, the password hashed."""
    # The slow part comes before the first row is written, while no lock is held.
    password_hash = passwords.hash_password(form.password.data or "")
    place = form.municipality.place
    return actions.Newcomer(
        email=email,
        password_hash=password_hash,
        name=form.name.data or "",
        position=form.position.data or "",
        municipality_id=place.id if place else None,
        lang=language.select(),
    )


@bp.get("/register/sent")
@access(everyone)
def sent() -> str:
    """A letter is on its way."""
    return render_template("accounts/sent.html", address=session.get("letter_to", ""))


def _person_of(token: str) -> Person | None:
    found = tokens.read_confirmation(token)
    if found is None:
        return None
    person = db.session.execute(queries.as_actor(found[0])).unique().scalar_one_or_none()
    return person if person is not None and person.email == found[1] else None


@bp.get("/confirm/<token>")
@access(everyone)
def confirm(token: str) -> Answer:
    """What a confirmation link opens: a button, since opening a page changes nothing."""
    person = _person_of(token)
    if person is None:
        return render_template("accounts/link_gone.html", purpose="confirm"), 410
    return render_template("accounts/confirm.html", person=person, form=EmptyForm())


@bp.post("/confirm/<token>")
@access(everyone)
def confirmation(token: str) -> Answer:
    """The address is proved. The link signs its reader in, the first time only."""
    person = _person_of(token)
    if person is None:
        return render_template("accounts/link_gone.html", purpose="confirm"), 410
    if person.confirmed_at is not None:
        flash(_("Адрес уже подтверждён. Войдите с вашим паролем."), "info")
        return redirect(url_for("accounts.login"))
    actions.confirm(db.session(), person)
    if person.second_factor_at is not None:
        flash(_("Спасибо, адрес подтверждён. Войдите с вашим паролем и кодом."), "good")
        return redirect(url_for("accounts.login"))
    return welcome(person)


def welcome(person: Person) -> Response | str:
    """Signed in for the first time, the address proved; what they wanted before they joined is done."""
    errand = carry.left()
    sign_in(person)
    if person.verified_at:
        flash(_("Спасибо, адрес подтверждён. Ваши записи будут появляться сразу."), "good")
    else:
        flash(_("Спасибо, адрес подтверждён. Первые записи сначала посмотрит модератор."), "good")
    return carry.go_on(errand) if errand else redirect(safe_next(None))


@bp.post("/account/confirmation")
@access(members)
def send_again() -> Response:
    """The confirmation letter once more."""
    if g.person.confirmed_at is None:
        if letters.ask_to_confirm(db.session(), g.person):
            flash(_("Отправили письмо ещё раз: %(email)s.", email=g.person.email), "good")
        else:
            flash(_("Мы уже отправили вам несколько писем. Проверьте папку «Спам» или попробуйте через час."), "warn")
    return redirect(back(url_for("accounts.account")))


@bp.get("/privacy")
@access(everyone, cache=True)
def privacy() -> str:
    """What is done with personal data."""
    return render_template("accounts/privacy.html", version=CONSENT_VERSION, contact=current_app.config["CONTACT"])
