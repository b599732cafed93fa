"""Who leads a practice: taken over, offered, let go, handed over by a moderator; and that it is still true."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.core.clock import now
from forum.core.errors import Refused
from forum.extensions import db
from forum.moderation.views.acting import Answer as Acted
from forum.moderation.views.acting import perform
from forum.practices import ownership, policy, queries
from forum.practices.forms.keeping import ContactForm, HandOverForm, OfferForm
from forum.practices.models import Practice
from forum.practices.views.blueprint import ID, bp
from forum.web.access import access, members, moderators, require
from forum.web.lookup import find_or_404
from forum.web.redirects import back

Answer = Response | tuple[str, int]


def _held(id: int) -> Practice:
    return find_or_404(queries.for_writing(id, g.actor))


def _page(practice: Practice, contact: ContactForm | None = None, offer: OfferForm | None = None) -> str:
    shown: dict[str, Any] = {"contact": contact or ContactForm(None, contact=practice.contact if _leads(practice) else "")}
    if _leads(practice):
        shown["offer"] = offer or OfferForm(None)
        shown["offer"].person.offer(db.session.execute(ownership.colleagues(practice.municipality_id, but=g.actor.id)))
    return render_template("practices/keeper.html", practice=practice, **shown)


def _leads(practice: Practice) -> bool:
    return policy.keeps(g.actor, practice)


def _led_on(practice: Practice, done: str, kind: str = "good") -> Response:
    flash(done, kind)
    return redirect(back(url_for("practices.keeper", id=practice.id)), 303)


@bp.get(f"/practices/<{ID}:id>/keeper")
@access(members)
def keeper(id: int) -> str:
    """Who leads it, and what the reader can do about that."""
    practice = find_or_404(queries.keeping(id, g.actor))
    require(policy.sees_keeping(g.actor, practice))
    return _page(practice)


@bp.post(f"/practices/<{ID}:id>/keeper")
@access(members)
def take_over(id: int) -> Answer:
    """Lead it from now on; who leads it already gives another `contact`."""
    practice = _held(id)
    leads = _leads(practice)
    takes_over = policy.can_take_over(g.actor, practice)
    if practice.keeper_id is not None and not leads and not takes_over and policy.owns(g.actor, practice) and practice.is_published:
        return _led_on(practice, _("Эту практику уже ведёт коллега."), "info")
    require(leads or takes_over)
    form = ContactForm()
    if not form.validate():
        return _page(practice, contact=form), 422
    ownership.take_over(practice, g.actor, form.contact.data or "")
    if leads:
        return _led_on(practice, _("Контакт сохранён."))
    missing = "" if practice.contact else " " + _("Укажите контакт: прежний мы убрали.")
    return _led_on(practice, _("Теперь эту практику ведёте вы.") + missing)


@bp.post(f"/practices/<{ID}:id>/keeper/leaving")
@access(members)
def let_go(id: int) -> Response:
    """Lead it no more: a colleague can take over."""
    practice = _held(id)
    require(_leads(practice))
    ownership.let_go(practice, g.actor)
    flash(_("Вы больше не ведёте эту практику. Коллеги узнают об этом и смогут взять её на себя."), "good")
    return redirect(url_for("practices.show", id=practice.id, slug=practice.slug), 303)


@bp.post(f"/practices/<{ID}:id>/offer")
@access(members)
def offer(id: int) -> Answer:
    """Ask a colleague (`person`) to lead it."""
    practice = _held(id)
    require(_leads(practice))
    form = OfferForm()
    try:
        practice.offer(ownership.colleague(practice, form.person.number), g.actor)
    except Refused as refusal:
        form.show(refusal)
        return _page(practice, offer=form), 422
    return _led_on(practice, _("Коллега получит уведомление. Пока он не согласится, практику ведёте вы."))


@bp.post(f"/practices/<{ID}:id>/offer/refusal")
@access(members)
def refuse(id: int) -> Response:
    """Decline an offer, or take one's own back."""
    practice = _held(id)
    declines = practice.offered_to_id == g.actor.id
    require(g.actor.may_write and (declines or _leads(practice)))
    practice.end_offer(g.actor)
    flash(_("Вы отказались. Тот, кто предлагал, узнает об этом.") if declines else _("Предложение отозвано."), "good")
    return redirect(url_for("practices.show", id=practice.id, slug=practice.slug), 303)


@bp.post(f"/practices/<{ID}:id>/confirmation")
@access(members)
def confirmation(id: int) -> Response:
    """It is still true."""
    practice = _held(id)
    require(policy.can_confirm(g.actor, practice))
    today = now().astimezone(ZoneInfo(current_app.config["TIMEZONE"])).date()
    if ownership.confirm(practice, g.actor, today, _("Сведения подтверждены")):
        flash(_("Спасибо: сведения подтверждены на сегодня. Через год спросим снова."), "good")
    else:
        flash(_("Сведения уже подтверждены сегодня."), "info")
    return redirect(back(url_for("practices.show", id=practice.id, slug=practice.slug)), 303)


@bp.get(f"/practices/<{ID}:id>/handover")
@access(moderators)
def handing_over(id: int) -> str:
    """To whom, and why."""
    practice = find_or_404(queries.by_id(id, g.actor))
    require(policy.can_hand_over(g.actor, practice))
    return _hand_over_page(practice, HandOverForm(None))


@bp.post(f"/practices/<{ID}:id>/handover")
@access(moderators)
def hand_over(id: int) -> Acted:
    """A moderator has a colleague (`person`) lead it, with the reason."""
    practice = _held(id)
    require(policy.can_hand_over(g.actor, practice))
    form = HandOverForm()

    def step() -> None:
        ownership.hand_over(practice, form.person.number, g.actor, form.reason.data or "")

    def page(decided: str = "") -> str:
        return _hand_over_page(practice, form)

    return perform(practice, form, step, _("Практика передана. Все, кого это касается, узнают об этом."), page)


def _hand_over_page(practice: Practice, form: HandOverForm) -> str:
    form.person.offer(db.session.execute(ownership.colleagues(practice.municipality_id, but=practice.keeper_id)))
    return render_template("practices/handover.html", practice=practice, form=form, back=back(url_for("moderation.case", id=practice.id)))
