"""What is new: notes of the timeline, steps from stage to stage, photos."""

from flask import g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from forum.accounts.queries import called
from forum.adoptions import photos
from forum.adoptions.forms import NoteForm, stages_of
from forum.adoptions.models import Adoption, AdoptionNote, Stage
from forum.adoptions.views.blueprint import ID, bp, kept, say_saved
from forum.adoptions.views.pictures import pictures_of
from forum.attachments.views import store
from forum.core.clock import now
from forum.core.errors import Refused
from forum.core.text import render
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
    form = form_of(adoption)
    stage = request.args.get("stage", "")
    form.stage.data = stage if stage in {stage.value for stage in Stage} and stage != adoption.stage else ""
    form.happened_on.data = now().date()
    return page(adoption, form)


@bp.post(f"/adoptions/<{ID}:id>/notes")
@access(members)
def add_note(id: int) -> Answer:
    """Take it: a note, or a step where another stage is chosen."""
    adoption = kept(id, writing=True)
    form = form_of(adoption)
    if "preview" in request.form:
        return page(adoption, form, render(form.body.data or "", called(db.session())))
    if not form.validate():
        return page(adoption, form), 422
    try:
        if db.session.info.get(COUNTED):
            quotas.take(db.session(), "comment", g.actor)
        made = _step(adoption, form)
        made.photos = photos.add(db.session(), store(), adoption, pictures_of(form), g.actor)
    except Refused as refusal:
        form.show(refusal)
        return page(adoption, form), refusals.status(refusal)
    copies.taken()
    said = _("Результат записан. Автор практики подтвердит его или задаст вопрос. Дополните запись стоимостью и показателями.")
    say_saved(adoption, said if form.stage.data == Stage.RESULT else _("Записано."))
    return redirect(url_for(".show", id=id), 303)


def form_of(adoption: Adoption) -> NoteForm:
    """The form of a new note, as it came."""
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


def page(adoption: Adoption, form: NoteForm, preview: str = "") -> str:
    """The page around it."""
    return render_template("adoptions/note.html", adoption=adoption, form=form, preview=preview)
