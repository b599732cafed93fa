"""Proving an address anew, after letters came back from it."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from forum.accounts import throttle
from forum.accounts.models import Person
from forum.core.clock import now
from forum.core.letters import write_letter
from forum.extensions import db
from forum.notifications import bounces, links
from forum.notifications.views.blueprint import letters_bp
from forum.web.access import access, everyone, members
from forum.web.redirects import back

Answer = Response | str | tuple[str, int]


@letters_bp.post("/letters/address")
@access(members)
def check() -> Response:
    """Send a letter with a link that proves the address; nothing where letters go there anyway."""
    person = g.person
    if person.mail_paused_at is not None:
        if throttle.may(throttle.LETTERS, throttle.account(person.email)):
            key = f"address-check:{person.id}:{now():%Y%m%d%H%M%S%f}"
            write_letter(db.session(), key, person.email, "address_check", person.lang, link=links.check(person))
            flash(_("Отправили письмо на %(email)s. Откройте ссылку из него.", email=person.email), "good")
        else:
            flash(_("Мы уже отправили вам несколько писем. Проверьте папку «Спам» или попробуйте через час."), "warn")
    return redirect(back(url_for("notifications.settings")), 303)


@letters_bp.get("/letters/address/<token>")
@access(everyone)
def address(token: str) -> Answer:
    """What the link opens: a button, since opening a page changes nothing."""
    person = _person_of(token)
    return render_template("notifications/address.html", person=person), 200 if person is not None else 410


@letters_bp.post("/letters/address/<token>")
@access(everyone)
def proved(token: str) -> Answer:
    """The address is proved: letters go there again."""
    person = _person_of(token)
    if person is None:
        return render_template("notifications/address.html", person=None), 410
    bounces.lift(db.session(), person)
    return redirect(url_for("letters.address", token=token), 303)


def _person_of(token: str) -> Person | None:
    read = links.read_check(token)
    return db.session.scalar(select(Person).where(Person.id == read[0], Person.email == read[1])) if read is not None else None
