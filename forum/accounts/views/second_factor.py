"""Having signing in ask for a code as well, and no longer."""

from urllib.parse import urlsplit

import pyotp
from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.accounts import identity, letters, policy, qr, second_factor, sessions, signing
from forum.accounts.code_check import check_code, vault
from forum.accounts.forms import RemoveFactorForm, RenewCodesForm, SetUpForm
from forum.accounts.models import Person
from forum.accounts.views.blueprint import bp
from forum.accounts.views.settings import check_old
from forum.core import events
from forum.core.clock import now
from forum.core.errors import Refused
from forum.extensions import db
from forum.web import transaction
from forum.web.access import access, members
from forum.web.forms import Form
from forum.web.redirects import safe_next

Answer = Response | str | tuple[str, int]


@bp.get("/account/second-factor", endpoint="second_factor")
@access(members)
def show() -> str:
    """How to set it up; or that it is on, and what can be done about it."""
    return _set_page() if g.person.second_factor_at else _set_up_page(SetUpForm(None), pyotp.random_base32())


def _set_up_page(form: SetUpForm, secret: str) -> str:
    form.sealed.data = vault().seal(g.person.id, secret)
    # The host and not the name of the site: in Cyrillic letters it would make the picture three times as dense.
    issuer = urlsplit(current_app.config["PUBLIC_URL"]).hostname
    drawing = qr.draw(pyotp.TOTP(secret).provisioning_uri(name=g.person.email, issuer_name=issuer))
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    return render_template("accounts/second_factor_setup.html", form=form, qr=drawing, groups=groups, required=_required(g.person))


def _set_page() -> str:
    left = second_factor.left(db.session(), g.person)
    return render_template("accounts/second_factor.html", person=g.person, left=left, required=_required(g.person))


def _codes_page(codes: list[str], onward: str) -> str:
    return render_template("accounts/recovery_codes.html", codes=codes, onward=onward)


def _required(person: Person) -> bool:
    return policy.needs_second_factor(person, current_app.config["SECOND_FACTOR_REQUIRED"])


def _status(refusal: Refused) -> int:
    return 429 if refusal.code == "too_often" else 422


@bp.post("/account/second-factor")
@access(members)
def set_second_factor() -> Answer:
    """The app shows the right codes: from now on they are asked for. The recovery codes are in this one answer and nowhere else."""
    form, person = SetUpForm(), g.person
    if person.second_factor_at is not None:
        return redirect(url_for("accounts.second_factor"))
    secret = vault().open(person.id, form.sealed.data or "", second_factor.SETUP_AGE)
    if secret is None:
        form.show(Refused("second_factor.stale", field="code"))
        return _set_up_page(form, pyotp.random_base32()), 422
    if not form.validate():
        return _set_up_page(form, secret), 422
    try:
        check_old(person, form.password_old.data or "")
        step = second_factor.step_of(secret, form.code.data or "", now())
        if step is None:
            raise Refused("second_factor.wrong", field="code")
    except Refused as refusal:
        form.show(refusal)
        return _set_up_page(form, secret), _status(refusal)
    return _begin(person, secret, step)


def _begin(person: Person, secret: str, step: int) -> Answer:
    codes, hashes = _fresh_codes()
    second_factor.set_up(db.session(), vault(), person, secret, step, now())
    second_factor.keep_recovery_codes(db.session(), person, hashes)
    _announce(person, "set")
    person.held_back = False
    g.actor = person.as_actor()
    return _codes_page(codes, safe_next(request.args.get("next"), url_for("accounts.second_factor"))), 201


def _fresh_codes() -> tuple[list[str], list[str]]:
    codes = second_factor.new_recovery_codes()
    transaction.checkpoint()  # ten slow hashes: no lock is held meanwhile
    return codes, second_factor.hashed(codes)


def _announce(person: Person, what: str) -> None:
    """On record, by letter; the other sessions end and this one gets a new token."""
    events.record(db.session(), f"account.second_factor_{what}", by=g.actor, person_id=person.id)
    letters.tell_of_second_factor(db.session(), person, what)
    row = identity.present()
    sessions.end_all(db.session(), person.id, but=row.id if row else None)
    signing.renew()


def _confirmed(form: Form, person: Person, *, either: bool = False) -> int:
    """0 where password and code are right; else the status of the answer, with the words at their fields."""
    if not form.validate():
        return 422
    try:
        check_old(person, form["password_old"].data or "")
        check_code(person, form["code"].data or "", either=either)
    except Refused as refusal:
        form.show(refusal)
        return _status(refusal)
    return 0


def _renewal_page(form: RenewCodesForm) -> str:
    return render_template("accounts/recovery_codes_new.html", form=form)


@bp.get("/account/second-factor/recovery-codes")
@access(members)
def recovery_codes() -> Answer:
    """Password and code for ten new ones."""
    return _renewal_page(RenewCodesForm(None)) if g.person.second_factor_at else redirect(url_for("accounts.second_factor"))


@bp.post("/account/second-factor/recovery-codes")
@access(members)
def renew_recovery_codes() -> Answer:
    """Ten new recovery codes; those from before are void."""
    form, person = RenewCodesForm(), g.person
    if person.second_factor_at is None:
        return redirect(url_for("accounts.second_factor"))
    if status := _confirmed(form, person):
        return _renewal_page(form), status
    codes, hashes = _fresh_codes()
    second_factor.keep_recovery_codes(db.session(), person, hashes)
    events.record(db.session(), "account.recovery_codes_renewed", by=g.actor, person_id=person.id)
    letters.tell_of_second_factor(db.session(), person, "renewed")
    return _codes_page(codes, url_for("accounts.second_factor")), 201


def _removal_page(form: RemoveFactorForm) -> str:
    return render_template("accounts/second_factor_removal.html", form=form)


@bp.get("/account/second-factor/removal")
@access(members)
def removal() -> Answer:
    """Password and code, a last time."""
    may = g.person.second_factor_at and not _required(g.person)
    return _removal_page(RemoveFactorForm(None)) if may else redirect(url_for("accounts.second_factor"))


@bp.post("/account/second-factor/removal")
@access(members)
def remove_second_factor() -> Answer:
    """Back to the password alone."""
    form, person = RemoveFactorForm(), g.person
    if person.second_factor_at is None:
        return redirect(url_for("accounts.second_factor"))
    if _required(person):
        raise Refused("second_factor.kept")
    if status := _confirmed(form, person, either=True):
        return _removal_page(form), status
    second_factor.remove(db.session(), person)
    _announce(person, "removed")
    flash(_("Вход с кодом выключен."), "good")
    return redirect(url_for("accounts.second_factor"))
