"""Another e-mail address: asked for with the password, confirmed at the new one, refused at the old."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.accounts import address_changes, identity, letters, queries, signing, throttle, tokens
from forum.accounts.forms import ChangeAddressForm, EmptyForm
from forum.accounts.models import AddressChange, Person
from forum.accounts.models.address_change import CONFIRM_WITHIN
from forum.accounts.views.blueprint import bp
from forum.accounts.views.settings import check_old
from forum.core.clock import now
from forum.core.errors import Refused
from forum.extensions import db
from forum.web.access import access, everyone, members

Answer = Response | str | tuple[str, int]
Found = tuple[AddressChange, Person]


@bp.get("/account/email")
@access(members)
def address() -> str:
    """The form, and the change that waits."""
    return _page(ChangeAddressForm(None))


def _page(form: ChangeAddressForm) -> str:
    waiting = db.session.scalar(queries.pending_address(g.actor.id, now() - CONFIRM_WITHIN))
    ends_at = waiting.asked_at + CONFIRM_WITHIN if waiting else None
    return render_template("accounts/address.html", form=form, person=g.person, waiting=waiting, ends_at=ends_at)


@bp.post("/account/email")
@access(members)
def change_address() -> Answer:
    """Send both letters. The answer is the same where the new address has an account."""
    form, person = ChangeAddressForm(), g.person
    if not form.validate():
        return _page(form), 422
    new = form.email.data or ""
    try:
        if new == person.email:
            raise Refused("address.same", field="email")
        check_old(person, form.password_old.data or "")
        throttle.take(throttle.ADDRESS, f"person:{person.id}")
        throttle.take(throttle.LETTERS, throttle.account(new))
        change = address_changes.ask(db.session(), person, new, g.actor)
    except Refused as refusal:
        form.show(refusal)
        return _page(form), 429 if refusal.code == "too_often" else 422
    letters.ask_new_address(db.session(), person, change, address_changes.is_taken(db.session(), new))
    flash(_("Отправили письмо на %(email)s. Откройте ссылку из него в течение часа.", email=new), "good")
    return redirect(url_for("accounts.address"))


def _found(read: tuple[int, str] | None, which: str) -> Found | None:
    change = db.session.get(AddressChange, read[0]) if read else None
    if change is None or read is None or getattr(change, which) != read[1]:
        return None
    person = db.session.execute(queries.as_actor(change.person_id)).unique().scalar_one_or_none()
    return (change, person) if person is not None else None


def _to_confirm(token: str) -> Found | None:
    found = _found(tokens.read_address(token), "new_email")
    return found if found and found[0].may_be_confirmed(now()) and found[1].email == found[0].old_email else None


def _to_refuse(token: str) -> Found | None:
    found = _found(tokens.read_refusal(token), "old_email")
    return found if found and found[0].may_be_refused(now()) else None


def _gone() -> tuple[str, int]:
    return render_template("accounts/link_gone.html", purpose="address"), 410


@bp.get("/email/<token>")
@access(everyone)
def confirm_address(token: str) -> Answer:
    """A button, since opening a page changes nothing."""
    found = _to_confirm(token)
    return render_template("accounts/address_confirm.html", change=found[0], form=EmptyForm()) if found else _gone()


@bp.post("/email/<token>")
@access(everyone)
def move_address(token: str) -> Answer:
    """The address is theirs from now on."""
    found = _to_confirm(token)
    if found is None:
        return _gone()
    change, person = found
    row = identity.present()
    own = row is not None and row.person_id == person.id
    address_changes.confirm(db.session(), change, person, but=row.id if row and own else None)
    letters.tell_of_new_address(db.session(), person, change)
    if own:
        signing.renew()
    flash(_("Готово: теперь для входа и писем служит %(email)s.", email=change.new_email), "good")
    return redirect(url_for("accounts.account" if own else "accounts.login"))


@bp.get("/email/refusal/<token>")
@access(everyone)
def refuse_address(token: str) -> Answer:
    """«Это не я»: a button again."""
    found = _to_refuse(token)
    return render_template("accounts/address_refuse.html", change=found[0], form=EmptyForm()) if found else _gone()


@bp.post("/email/refusal/<token>")
@access(everyone)
def keep_address(token: str) -> Answer:
    """The old address stays, or is back; who asked knows the password, so a new one comes next."""
    found = _to_refuse(token)
    if found is None:
        return _gone()
    change, person = found
    address_changes.refuse(db.session(), change, person)
    if g.person is not None and g.person.id == person.id:
        signing.sign_out()
    flash(_("Адрес остался прежним, все сеансы завершены. Теперь задайте новый пароль: прежний кто-то знает."), "warn")
    return redirect(url_for("accounts.reset"))
