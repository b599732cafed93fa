"""The second step of signing in: a code."""

import structlog
from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.accounts import devices, letters, signing
from forum.accounts.code_check import check_code
from forum.accounts.forms import CodeForm, SignInForm
from forum.accounts.models import Person
from forum.accounts.views.blueprint import bp
from forum.core.errors import Refused
from forum.extensions import db
from forum.web import transaction
from forum.web.access import access, everyone
from forum.web.redirects import safe_next

log = structlog.get_logger()
Answer = Response | str | tuple[str, int] | tuple[str, int, dict[str, str]]


def page(form: CodeForm) -> str:
    """The form for the code; what was wanted before is in it."""
    return render_template("accounts/code.html", form=form)


@bp.get("/login/code")
@access(everyone)
def code() -> Answer:
    """The form once more: after a reload, or on the way back."""
    wanted = request.args.get("next", "")
    if signing.waiting() is None:
        return redirect(url_for("accounts.login", next=safe_next(wanted)) if wanted else url_for("accounts.login"))
    return page(CodeForm(None, next=wanted))


@bp.post("/login/code")
@access(everyone)
def check_second_step() -> Answer:
    """Sign in, and go on with what was wanted."""
    form, found = CodeForm(), signing.waiting()
    if found is None:
        again = SignInForm(None, next=form.next.data, carried=form.carried.data)
        again.form_errors.append(_("Прошло больше десяти минут. Введите пароль ещё раз."))
        return render_template("accounts/login.html", form=again), 422
    person, remember = found
    if not form.validate():
        return page(form), 422
    try:
        check_code(person, form.code.data or "", form.recovery.data or "")
    except Refused as refusal:
        form.show(refusal)
        return _refused(person, form, refusal)
    signing.sign_in(person, remember)
    return signing.go_on(form.next.data, form.carried.data)


def _refused(person: Person, form: CodeForm, refusal: Refused) -> Answer:
    log.warning("second_step_failed", person=person.id, network=devices.network(request.remote_addr or ""))
    if refusal.code != "too_often":
        return page(form), 422
    letters.warn_of_guessing(db.session(), person)
    transaction.keep()
    return page(form), 429, {"Retry-After": str(60 * int(refusal.params["minutes"]))}
