"""Signing in by the provider: out, back, and what comes of it."""

from flask import Blueprint, abort, current_app, flash, g, redirect, render_template, request, session, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.accounts import queries as people
from forum.accounts import throttle
from forum.accounts.forms import CodeForm
from forum.accounts.models import Person
from forum.accounts.signing import ask_for_code, go_on, sign_in
from forum.accounts.views import second_step
from forum.accounts.views.registration import welcome
from forum.accounts.views.settings import check_old
from forum.core import database
from forum.core.errors import Refused
from forum.extensions import db
from forum.places.forms import listed
from forum.single_sign_on import actions, provider, queries
from forum.single_sign_on.forms import JoinForm, LinkForm
from forum.single_sign_on.provider import Claims, Unreachable
from forum.web import language, transaction
from forum.web.access import access, everyone, members
from forum.web.lookup import find_or_404
from forum.web.redirects import safe_next

bp = Blueprint("single_sign_on", __name__)
blueprints = (bp,)

NEXT = "outside_next"

Answer = Response | str | tuple[str, int]


@bp.record_once
def _make_known(state: BlueprintSetupState) -> None:
    provider.init_app(state.app)  # type: ignore[arg-type]


@bp.app_context_processor
def _named() -> dict[str, object]:
    return {"outside_name": current_app.config["OIDC_NAME"] if provider.is_there() else ""}


@bp.get("/login/outside")
@access(everyone)
def depart() -> Answer:
    """To the provider. Not a form's POST: the policy of our pages lets no form lead elsewhere."""
    if not provider.is_there():
        abort(404)
    session[NEXT] = safe_next(request.args.get("next"), "")[:500] if request.args.get("next") else ""
    try:
        return provider.depart(current_app.config["PUBLIC_URL"].rstrip("/") + url_for(".arrive"))
    except Unreachable:
        return _failed()


@bp.get("/login/outside/return")
@access(everyone)
def arrive() -> Answer:
    """Back from the provider. The one page that signs in by GET: the provider can send no other."""
    if not provider.is_there():
        abort(404)
    wanted = session.get(NEXT)
    try:
        claims = provider.arrive()
    except Unreachable:
        return _failed()
    db.session.rollback()
    database.intend(True)
    person_id = actions.use(db.session(), claims)
    if person_id is not None:
        answer = _enter(db.session.execute(people.as_actor(person_id)).unique().scalar_one(), wanted)
        transaction.checkpoint()
        return answer
    if not claims.email:
        flash(_("%(name)s не подтвердил ваш адрес почты. Зарегистрируйтесь обычным образом.", name=current_app.config["OIDC_NAME"]), "warn")
        return redirect(url_for("accounts.register"))
    provider.remember(claims)
    return redirect(url_for(".link" if _person(claims) is not None or not g.actor.is_guest else ".join"))


def _failed() -> Answer:
    flash(_("Войти через «%(name)s» не получилось. Попробуйте ещё раз.", name=current_app.config["OIDC_NAME"]), "warn")
    return redirect(url_for("accounts.login"))


def _enter(person: Person, wanted: object) -> Response | str:
    target = wanted if isinstance(wanted, str) else None
    if person.second_factor_at is not None:
        ask_for_code(person, remember=True)
        return second_step.page(CodeForm(None, next=target or ""))
    sign_in(person)
    return go_on(target, None)


def _person(claims: Claims) -> Person | None:
    """Whose account it would be: the reader's own, else that of the address."""
    if not g.actor.is_guest:
        own: Person = g.person
        return own
    return db.session.execute(people.by_email(claims.email)).unique().scalar_one_or_none()


def _claims() -> Claims:
    claims = provider.remembered() if provider.is_there() else None
    if claims is None:
        flash(_("Прошло слишком много времени. Начните вход заново."), "warn")
        abort(redirect(url_for("accounts.login")))
    return claims


@bp.get("/login/outside/link")
@access(everyone)
def link() -> Answer:
    """There is an account of this address: is it theirs?"""
    return _link_page(_claims(), LinkForm(None))


def _link_page(claims: Claims, form: LinkForm) -> str:
    return render_template("single_sign_on/link.html", claims=claims, person=_person(claims), form=form)


@bp.post("/login/outside/link")
@access(everyone)
def link_account() -> Answer:
    """It is: from now on the provider opens it too. An address alone proves nothing, so the password is asked once."""
    claims, form = _claims(), LinkForm()
    person = _person(claims)
    if person is None:
        return redirect(url_for(".join"))
    if not form.validate():
        return _link_page(claims, form), 422
    try:
        check_old(person, form.password_old.data or "")
    except Refused as refusal:
        form.show(refusal)
        return _link_page(claims, form), 429 if refusal.code == "too_often" else 422
    if not actions.link(db.session(), person, claims):
        flash(_("Этой записью уже входит кто-то другой."), "warn")
        return redirect(url_for("accounts.login"))
    flash(_("Готово: теперь сюда можно входить через «%(name)s».", name=current_app.config["OIDC_NAME"]), "good")
    if not g.actor.is_guest:
        session.pop(provider.COOKIE, None)
        return redirect(url_for(".identities"))
    return _enter(person, session.get(NEXT))


@bp.get("/login/outside/join")
@access(everyone)
def join() -> Answer:
    """Nobody has this address yet: the rest of what an account needs."""
    claims = _claims()
    return _join_page(claims, JoinForm(None, name=claims.name))


def _join_page(claims: Claims, form: JoinForm) -> str:
    form.municipality.options = form.municipality.options or listed()
    return render_template("single_sign_on/join.html", claims=claims, form=form)


@bp.post("/login/outside/join")
@access(everyone)
def make_account() -> Answer:
    """Make the account and sign in."""
    claims, form = _claims(), JoinForm()
    if not form.validate():
        return _join_page(claims, form), 422
    try:
        throttle.take(throttle.REGISTER, throttle.address())
    except Refused as refusal:
        form.show(refusal)
        return _join_page(claims, form), 429
    place = form.municipality.place
    words = (form.name.data or "", form.position.data or "", place.id if place else None)
    person = actions.join(db.session(), claims, *words, lang=language.select())
    if person is None:
        return redirect(url_for(".link"))
    return welcome(db.session.execute(people.as_actor(person.id)).unique().scalar_one())


@bp.get("/account/identities")
@access(members)
def identities() -> str:
    """How one signs in from outside."""
    if not provider.is_there():
        abort(404)
    return render_template("single_sign_on/identities.html", identities=db.session.scalars(queries.of_person(g.actor.id)).all())


@bp.post("/account/identities/<int:id>/removal")
@access(members)
def remove(id: int) -> Response:
    """No more."""
    identity = find_or_404(queries.of_person(g.actor.id).where(actions.OutsideIdentity.id == id))
    actions.unlink(db.session(), identity, g.actor)
    flash(_("Больше так войти нельзя. Если вы не знаете пароля, задайте его по ссылке «Забыли пароль?»."), "good")
    return redirect(url_for(".identities"))
