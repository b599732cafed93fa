"""What is new: notes of the timeline, steps from stage to stage, photos."""

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from forum.accounts.queries import called
from forum.adoptions.forms import NoteForm, stages_of
from forum.adoptions.models import Adoption, AdoptionNote, Stage
from forum.adoptions.views.blueprint import ID, bp, kept, say_saved
from forum.attachments.actions import attach
from forum.attachments.views import store
from forum.core import typed
from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.text import fit, render
from forum.entries.screening import COUNTED
from forum.extensions import db
from forum.taxonomy.models import Obstacle, obstacles
from forum.trust import quotas
from forum.web import copies, refusals
from forum.web.access import access, members
from forum.web.language import named

Answer = str | Response | tuple[str, int]


@bp.get(f"/adoptions/<{ID}:id>/notes/new")
@access(members)
def note(id: int) -> Answer:
    """The form of what is new; `stage` in the address begins it."""
    adoption = kept(id)
    form = _form(adoption)
    stage = request.args.get("stage", "")
    form.stage.data = stage if stage in {stage.value for stage in Stage} and stage != adoption.stage else ""
    form.happened_on.data = now().date()
    return _page(adoption, form)


@bp.post(f"/adoptions/<{ID}:id>/notes")
@access(members)
def add_note(id: int) -> Answer:
    """Take it: a note, or a step where another stage is chosen."""
    adoption = kept(id, writing=True)
    form = _form(adoption)
    if "preview" in request.form:
        return _page(adoption, form, render(form.body.data or "", called(db.session())))
    if not form.validate():
        return _page(adoption, form), 422
    try:
        if db.session.info.get(COUNTED):
            quotas.take(db.session(), "comment", g.actor)
        _with_photos(adoption, _step(adoption, form), form)
    except Refused as refusal:
        form.show(refusal)
        return _page(adoption, form), refusals.status(refusal)
    copies.taken()
    said = _("Результат записан. Автор практики подтвердит его или задаст вопрос. Дополните запись стоимостью и показателями.")
    say_saved(adoption, said if form.stage.data == Stage.RESULT else _("Записано."))
    return redirect(url_for(".show", id=id), 303)


def _form(adoption: Adoption) -> NoteForm:
    form = NoteForm()
    form.stage.choices = stages_of(adoption)
    known = db.session.scalars(obstacles())
    form.obstacle.choices = [SelectChoice("", _("Выберите")), *(SelectChoice(row.code, named(row)) for row in known)]
    return form


def _step(adoption: Adoption, form: NoteForm) -> AdoptionNote:
    day, words = form.happened_on.data or now().date(), form.body.data or ""
    if not form.stage.data:
        return adoption.tell(g.actor, words, day)
    chosen = db.session.scalar(obstacles().where(Obstacle.code == form.obstacle.data)) if form.obstacle.data else None
    made = adoption.advance(Stage(form.stage.data), g.actor, day, words, chosen, form.would_help.data or "")
    if form.anonymous.data:
        adoption.withhold_name(g.actor)
    return made


def _with_photos(adoption: Adoption, made: AdoptionNote, form: NoteForm) -> None:
    ids: list[int] = []
    for photo, alt in form.pictures():
        try:
            file = attach(db.session(), store(), adoption, photo.data.filename or "", photo.data.read(), g.actor)
        except Refused as refusal:
            code = "adoption.not_photo" if refusal.code == "file.type" else refusal.code
            raise Refused(code, field=photo.name, **refusal.params) from refusal
        if not file.is_photo:
            raise Refused("adoption.not_photo", field=photo.name)
        file.alt = file.alt or typed.line(fit(alt.data))
        ids.append(file.id)
    made.photos = ids


def _page(adoption: Adoption, form: NoteForm, preview: str = "") -> str:
    return render_template("adoptions/note.html", adoption=adoption, form=form, preview=preview)
