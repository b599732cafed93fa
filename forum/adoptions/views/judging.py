"""A result before the practice's author or a moderator: confirmed, or given back with a question; and what comes after it."""

from flask import flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.adoptions import heirs
from forum.adoptions.forms import QuestionForm, ReminderForm
from forum.adoptions.views.blueprint import ID, Case, bp, find, kept
from forum.core.errors import Refused
from forum.extensions import db
from forum.web import copies, refusals
from forum.web.access import access, members, require

Answer = str | Response | tuple[str, int]


@bp.post(f"/adoptions/<{ID}:id>/confirmation")
@access(members)
def confirm(id: int) -> Response:
    """Say that it is so; pressing twice does no more."""
    case = find(id, writing=True)
    require(case.judges)
    case.adoption.confirm(g.actor)
    flash(_("Результат подтверждён: теперь это внедрение видно в списках."), "good")
    return redirect(url_for(".show", id=id), 303)


@bp.get(f"/adoptions/<{ID}:id>/question")
@access(members)
def ask(id: int) -> str:
    """The form of a question."""
    case = find(id)
    require(case.judges)
    return _page(case, QuestionForm())


@bp.post(f"/adoptions/<{ID}:id>/question")
@access(members)
def question(id: int) -> Answer:
    """Give a result back with a question."""
    case, form = find(id, writing=True), QuestionForm()
    require(case.judges)
    if not form.validate():
        return _page(case, form), 422
    try:
        case.adoption.question(g.actor, form.question.data or "")
    except Refused as refusal:
        form.show(refusal)
        return _page(case, form), refusals.status(refusal)
    copies.taken()
    flash(_("Вопрос отправлен. Когда ответят, вы сможете подтвердить результат."), "good")
    return redirect(url_for(".show", id=id), 303)


def _page(case: Case, form: QuestionForm) -> str:
    return render_template("adoptions/question.html", adoption=case.adoption, form=form)


@bp.post(f"/adoptions/<{ID}:id>/reminders")
@access(members)
def remind(id: int) -> Response:
    """After what silence to be reminded; the silence begins anew, so that the same choice once more means «later»."""
    adoption, form = kept(id, writing=True), ReminderForm()
    value = form.remind_after.data or ""
    if not form.validate():
        raise Refused("adoption.silence_unknown", field="remind_after")
    adoption.remind(int(value) if value else None)
    if adoption.remind_on is not None:
        flash(_("Напомним, если до %(day)s здесь не появится ничего нового.", day=f"{adoption.remind_on:%d.%m.%Y}"), "good")
    else:
        flash(_("Напоминать не будем.") if not value else _("Запомнили. Сейчас напоминать не о чем."), "good")
    return redirect(url_for(".show", id=id), 303)


@bp.post(f"/adoptions/<{ID}:id>/practice")
@access(members)
def write_own(id: int) -> Response:
    """Begin a practice of one's own from a result: a draft with the donor named, and all that is known already."""
    adoption = kept(id, writing=True)
    practice = heirs.begin_from(db.session(), adoption, g.actor)
    flash(_("Черновик готов: донор указан, остальное взято из записи о внедрении. Допишите и опубликуйте."), "good")
    return redirect(url_for("practices.edit", id=practice.id), 303)
