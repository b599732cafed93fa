"""Taking a practice home: opening the record, or coming to the one of one's town."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.accounts.queries import called
from forum.adoptions import actions, policy, queries
from forum.adoptions.forms import OpeningForm
from forum.adoptions.models import Adoption
from forum.adoptions.views.blueprint import ID, bp, find, kept, say_saved
from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.text import render
from forum.extensions import db
from forum.places import queries as places
from forum.practices.models import Practice
from forum.web import copies, refusals
from forum.web.access import access, members, require
from forum.web.lookup import find_or_404

Answer = str | Response | tuple[str, int]


@bp.get(f"/practices/<{ID}:id>/adoptions/new")
@access(members)
def new(id: int) -> Answer:
    """The form that opens the record of one's town; who can't is told why, who has one comes to it."""
    practice = find_or_404(queries.practice(id, g.actor))
    found = _own(practice)
    if found is not None and (found.is_published or found.author_id == g.actor.id):
        return redirect(url_for(".show", id=found.id))
    form = OpeningForm()
    form.happened_on.data = now().date()
    return _page(practice, form)


@bp.post(f"/practices/<{ID}:id>/adoptions")
@access(members)
def create(id: int) -> Answer:
    """Open it; a second press, and a second person of the town, come to the first one's."""
    practice, form = find_or_404(queries.practice(id, g.actor)), OpeningForm()
    if "preview" in request.form:
        return _page(practice, form, render(form.body.data or "", called(db.session())))
    require(policy.can_adopt(g.actor, practice))
    if not form.validate():
        return _page(practice, form), 422
    before = _own(practice)
    keeping = before is not None and g.actor.id in queries.keepers_of(db.session(), before.id)
    try:
        adoption = actions.adopt(db.session(), practice, g.actor, form.body.data or "", form.days, form.happened_on.data)
    except Refused as refusal:
        form.show(refusal)
        return _page(practice, form), refusals.status(refusal)
    copies.taken()
    told = _told(before is not None, keeping, bool(form.body.data))
    say_saved(adoption, told, held=_("Запись отправлена. Её посмотрит модератор – обычно в тот же день."))
    return redirect(url_for(".show", id=adoption.id), 303)


def _told(was_open: bool, keeping: bool, with_words: bool) -> str:
    if not was_open:
        return _("Запись открыта. Отмечайте здесь, как идут дела: это увидят автор практики и те, кто пойдёт следом.")
    if keeping:
        return _("Эта запись уже открыта: написанное добавлено в неё.") if with_words else _("Эта запись уже открыта.")
    if with_words:
        return _("Ваш муниципалитет уже внедряет эту практику. Теперь вы ведёте запись вместе, написанное добавлено в неё.")
    return _("Ваш муниципалитет уже внедряет эту практику. Теперь вы ведёте запись вместе.")


def _own(practice: Practice) -> Adoption | None:
    mine = g.actor.municipality_id
    return db.session.scalar(queries.live(practice.id, mine)) if mine is not None else None


def _page(practice: Practice, form: OpeningForm, preview: str = "") -> str:
    why = policy.hindrance(g.actor, practice)
    town = None if why == "no_town" else db.session.execute(places.by_id(g.actor.municipality_id or 0)).scalar_one_or_none()
    return render_template("adoptions/new.html", practice=practice, form=form, why=why, town=town, preview=preview)


@bp.post(f"/adoptions/<{ID}:id>/people")
@access(members)
def join(id: int) -> Response:
    """Keep it together with one's colleagues; `value=0`: no more."""
    case = find(id, writing=True)
    if request.form.get("value") == "0":
        require(case.keeps)
        actions.leave(db.session(), case.adoption, g.actor)
        flash(_("Вы больше не ведёте эту запись."), "good")
    elif not case.keeps:
        require(case.joins)
        actions.join(db.session(), case.adoption, g.actor)
        flash(_("Теперь вы ведёте запись вместе с коллегами."), "good")
    return redirect(url_for(".show", id=id), 303)


@bp.post(f"/adoptions/<{ID}:id>/anonymity")
@access(members)
def anonymity(id: int) -> Response:
    """Have those who keep a refused record named nowhere; `value=0`: named again, where one has kept it alone."""
    adoption = kept(id, writing=True)
    if request.form.get("value") == "0":
        adoption.give_name(g.actor)
        flash(_("Имя снова стоит под записью."), "good")
    else:
        adoption.withhold_name(g.actor)
        flash(_("Имён в записи больше нет: остался муниципалитет."), "good")
    return redirect(url_for(".show", id=id), 303)
