"""A person's own settings."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from forum.accounts import actions, identity, letters, passwords, policy, queries, throttle
from forum.accounts.forms import ChangePasswordForm, ProfileForm
from forum.accounts.models import CONSENT_VERSION, PROBATION_POSTS, Consent, Person
from forum.accounts.signing import renew
from forum.accounts.views.blueprint import bp
from forum.core.errors import Refused
from forum.extensions import db
from forum.places.choice import current_of
from forum.places.forms import listed
from forum.web import transaction
from forum.web.access import access, members, moderators, require
from forum.web.lookup import find_or_404
from forum.web.redirects import back

Answer = Response | str | tuple[str, int]


@bp.get("/account")
@access(members)
def account() -> str:
    """Profile, password, consents, and what the person is trusted with."""
    return _page()


def _page(profile: ProfileForm | None = None, password: ChangePasswordForm | None = None) -> str:
    person = g.person
    if profile is None:
        place = current_of(db.session(), person.municipality_id) if person.municipality_id else None
        profile = ProfileForm(
            None,
            name=person.name,
            position=person.position,
            municipality=place,
            about=person.about,
            lang=person.lang,
            follows_discussions=person.follows_discussions,
        )
    profile.municipality.options = profile.municipality.options or listed()
    return render_template(
        "accounts/account.html",
        person=person,
        profile=profile,
        password=password or ChangePasswordForm(None),
        edition=CONSENT_VERSION,
        consents=db.session.scalars(select(Consent).where(Consent.person_id == person.id).order_by(Consent.id)).all(),
        needed=max(0, PROBATION_POSTS - person.approved_posts),
    )


@bp.post("/account")
@access(members)
def save_profile() -> Answer:
    """Save what a person tells about themselves."""
    form, person = ProfileForm(), g.person
    if not form.validate():
        return _page(profile=form), 422
    place = form.municipality.place
    words = (form.name.data or "", form.position.data or "", form.about.data or "", place.id if place else None)
    try:
        if g.actor.suspended and words != (person.name, person.position, person.about, person.municipality_id):
            raise Refused("account.suspended")
        before = person.municipality_id
        person.introduce(*words)
        actions.move(db.session(), person, before, g.actor)
    except Refused as refusal:
        form.show(refusal)
        return _page(profile=form), 422
    person.lang, person.follows_discussions = form.lang.data, bool(form.follows_discussions.data)
    flash(_("Сохранено."), "good")
    return redirect(url_for("accounts.account"))


@bp.post("/account/consent")
@access(members)
def agree() -> Response:
    """Agree to the edition of /privacy that was read (`version`), for who joined under an older one; nothing depends on it."""
    if request.form.get("version") == CONSENT_VERSION:
        actions.agree(db.session(), g.person)
        flash(_("Согласие записано."), "good")
    else:
        flash(_("Текст снова изменился. Прочитайте его ещё раз."), "warn")
    return redirect(url_for("accounts.account", _anchor="data"), 303)


@bp.post("/account/password")
@access(members)
def change_password() -> Answer:
    """Change the password; the other sessions end, this one goes on."""
    form, person = ChangePasswordForm(), g.person
    if not form.validate():
        return _page(password=form), 422
    try:
        check_old(person, form.password_old.data or "")
        passwords.check(form.password.data or "", person.email)
    except Refused as refusal:
        form.show(refusal)
        return _page(password=form), 429 if refusal.code == "too_often" else 422
    row = identity.present()
    actions.set_password(db.session(), person, passwords.hash_password(form.password.data or ""), but=row.id if row else None)
    letters.tell_of_new_password(db.session(), person)
    renew()
    flash(_("Пароль изменён. Остальные сеансы завершены."), "good")
    return redirect(url_for("accounts.account"))


def check_old(person: Person, password: str) -> None:
    """Raise Refused (field `password_old`) where it is not their password, or was tried too often. Commits what is done so far."""
    notes = throttle.take(throttle.PASSWORD, throttle.account(person.email))
    transaction.checkpoint()
    if not passwords.matches(person.password_hash, password):
        raise Refused("password.wrong", field="password_old")
    throttle.give_back(notes)


@bp.post("/people/<handle>/verification")
@access(moderators)
def verify(handle: str) -> Response:
    """A moderator vouches for a person."""
    person = find_or_404(queries.by_handle(handle))
    require(policy.can_verify(g.actor, person))
    actions.verify(db.session(), person, g.actor)
    flash(_("%(name)s: записи будут появляться сразу.", name=person.name), "good")
    return redirect(back(url_for("accounts.account")))
