"""What a moderator does with a person: warns, silences, suspends, and ends that early."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload
from werkzeug.wrappers import Response

from forum.accounts.models import Person
from forum.core.errors import Refused
from forum.entries.models import Entry
from forum.extensions import db
from forum.moderation import queries, sanctions
from forum.moderation.forms import StepForm, SuspensionForm, WarningForm
from forum.moderation.policy import can_discipline
from forum.moderation.reasons import Act
from forum.moderation.sanctions import Sanction, SanctionKind
from forum.moderation.views.blueprint import bp
from forum.web import redirects
from forum.web.access import access, moderators, require
from forum.web.lookup import find_or_404

Answer = Response | str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class Kind:
    """The words of a sanction's page, and its form."""

    act: Act
    title: Any
    meaning: Any  # with the person's name
    button: Any
    form: type[StepForm]
    done: Callable[[str], str]


KINDS = {
    SanctionKind.WARNING: Kind(
        Act.WARN,
        _l("Предупреждение"),
        _l("%(name)s увидит предупреждение на каждой странице и снова сможет писать, когда нажмёт «Предупреждение прочитано»."),
        _l("Предупредить"),
        WarningForm,
        lambda name: _("Предупреждение отправлено: %(name)s.", name=name),
    ),
    SanctionKind.SILENCE: Kind(
        Act.SILENCE,
        _l("Закрыть обсуждения"),
        _l("%(name)s не сможет писать комментарии. Читать, голосовать и работать со своими практиками – сможет."),
        _l("Закрыть обсуждения"),
        SuspensionForm,
        lambda name: _("%(name)s пока не пишет в обсуждениях. Причина отправлена.", name=name),
    ),
    SanctionKind.SUSPENSION: Kind(
        Act.SUSPEND,
        _l("Временная блокировка"),
        _l("%(name)s сможет читать, но не писать, не голосовать и не жаловаться."),
        _l("Заблокировать"),
        SuspensionForm,
        lambda name: _("%(name)s может только читать. Причина отправлена.", name=name),
    ),
}


def _find(handle: str) -> Person:
    person = find_or_404(queries.person(handle))
    require(can_discipline(g.actor, person))
    return person


def _back(person: Person) -> str:
    return redirects.back(url_for("practices.person", handle=person.handle))


def _page(kind: SanctionKind, person: Person, form: StepForm | None = None) -> str:
    words = KINDS[kind]
    form = form or words.form(acts=(words.act,), **({"entry": request.args.get("entry", "")} if kind == SanctionKind.WARNING else {}))
    about, back = _about(form, person), _back(person)
    return render_template("moderation/sanction.html", form=form, person=person, words=words, action=request.path, back=back, about=about)


def _about(form: StepForm, person: Person) -> Entry | None:
    """The entry of theirs that a warning is about."""
    number = str(form.entry.data or "") if isinstance(form, WarningForm) else ""
    if not (number.isdecimal() and len(number) < 10):
        return None
    found = db.session.scalar(queries.visible_entry(int(number), g.actor))
    return found if found is not None and found.author_id == person.id else None


def _take(kind: SanctionKind, handle: str) -> Answer:
    person = _find(handle)
    form = KINDS[kind].form(acts=(KINDS[kind].act,))
    try:
        if form.validate():
            _impose(kind, person, form)
            flash(KINDS[kind].done(person.name), "good")
            return redirect(_back(person))
    except Refused as refusal:
        form.show(refusal)
    return _page(kind, person, form), 422


def _impose(kind: SanctionKind, person: Person, form: StepForm) -> None:
    reason = form.reason.data or ""
    if isinstance(form, SuspensionForm):
        verb = sanctions.silence if kind == SanctionKind.SILENCE else sanctions.suspend
        verb(db.session(), person, g.actor, form.days.data or 0, reason)
    else:
        about = _about(form, person)
        sanctions.warn(db.session(), person, g.actor, reason, about.id if about else None)


@bp.get("/people/<handle>/warning")
@access(moderators)
def warning(handle: str) -> Answer:
    """The form of a warning; `entry` is what it is about."""
    return _page(SanctionKind.WARNING, _find(handle))


@bp.post("/people/<handle>/warning")
@access(moderators)
def warn(handle: str) -> Answer:
    """Warn a person: they have to acknowledge it before they write again."""
    return _take(SanctionKind.WARNING, handle)


@bp.get("/people/<handle>/silence")
@access(moderators)
def silencing(handle: str) -> Answer:
    """The form of a silence."""
    return _page(SanctionKind.SILENCE, _find(handle))


@bp.post("/people/<handle>/silence")
@access(moderators)
def silence(handle: str) -> Answer:
    """Keep a person out of discussions for some days."""
    return _take(SanctionKind.SILENCE, handle)


@bp.get("/people/<handle>/suspension")
@access(moderators)
def suspension(handle: str) -> Answer:
    """The form of a suspension."""
    return _page(SanctionKind.SUSPENSION, _find(handle))


@bp.post("/people/<handle>/suspension")
@access(moderators)
def suspend(handle: str) -> Answer:
    """Let a person only read for some days, with the reason."""
    return _take(SanctionKind.SUSPENSION, handle)


@bp.post("/people/<handle>/release")
@access(moderators)
def release(handle: str) -> Response:
    """End a suspension."""
    person = _find(handle)
    sanctions.release(db.session(), person, g.actor)
    flash(_("Блокировка снята."), "good")
    return redirect(_back(person))


def _sanction(id: int) -> Sanction:
    query = select(Sanction).where(Sanction.id == id).options(joinedload(Sanction.person).joinedload(Person.municipality))
    found = find_or_404(query)
    require(can_discipline(g.actor, found.person))
    return found


def _ending_page(sanction: Sanction, form: StepForm) -> str:
    title = KINDS[SanctionKind(sanction.kind)].title
    return render_template("moderation/sanction_ending.html", form=form, sanction=sanction, title=title, back=_back(sanction.person))


@bp.get("/sanctions/<int:id>/ending")
@access(moderators)
def ending(id: int) -> Answer:
    """The form to end a sanction before its time."""
    return _ending_page(_sanction(id), StepForm(acts=(Act.UNDO,)))


@bp.post("/sanctions/<int:id>/ending")
@access(moderators)
def end(id: int) -> Answer:
    """End a sanction before its time, with the reason."""
    sanction, form = _sanction(id), StepForm(acts=(Act.UNDO,))
    try:
        if form.validate():
            if not (form.reason.data or "").strip():
                raise Refused("moderation.reason_missing", field="reason")
            sanctions.end(db.session(), sanction, g.actor, form.reason.data or "")
            flash(_("Снято раньше срока. Причина отправлена."), "good")
            return redirect(_back(sanction.person))
    except Refused as refusal:
        form.show(refusal)
    return _ending_page(sanction, form), 422
