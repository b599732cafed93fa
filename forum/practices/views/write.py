"""Writing a practice: new, edited, previewed, saved, published. Nothing typed is ever lost on the way."""

from datetime import timedelta

from flask import flash, g, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.attachments.actions import arrange, attach
from forum.attachments.queries import of_entry
from forum.attachments.views import store
from forum.core import typed
from forum.core.clock import now
from forum.core.errors import Conflict, Refused
from forum.core.text import fit
from forum.entries.models import State, WorkingCopy
from forum.entries.policy import can_edit
from forum.entries.revisions import revise
from forum.extensions import db
from forum.moderation.actions import act
from forum.practices import queries, saving, versions
from forum.practices.forms import cleaned
from forum.practices.forms.practice import MAX_TITLE
from forum.practices.forms.raw import packed, unpacked
from forum.practices.models import Practice
from forum.practices.policy import can_publish, can_unpublish, owns
from forum.practices.views import conflict, preview, tabs
from forum.practices.views.blueprint import ID, bp
from forum.practices.views.editor import Editor
from forum.trust.views.holding import held_words, why_held
from forum.web import copies, once, refusals
from forum.web.access import access, members, require
from forum.web.lookup import find_or_404
from forum.web.transaction import keep

Answer = Response | tuple[str, int]
DOUBLE_PRESS = timedelta(minutes=10)


def editable(id: int, *, writing: bool = False) -> Practice:
    """The practice, where the actor may change it; else 404 or 403."""
    practice = find_or_404((queries.for_writing if writing else queries.by_id)(id, g.actor))
    require(can_edit(g.actor, practice))
    return practice


@bp.get("/practices/new")
@access(members)
def new() -> Answer:
    """An empty form; `title` in the address begins it."""
    require(g.actor.may_write)
    editor = Editor(None)
    editor.form.title.data = typed.line(fit(request.args.get("title", "")))[:MAX_TITLE]
    return editor.page()


@bp.post("/practices/new")
@access(members)
def create() -> Answer:
    """Take a new practice. `action`: publish (also where none is said), draft, preview, upload."""
    require(g.actor.may_write)
    return _take(Editor(None, cleaned(request.form)), request.form.get("action", "publish"))


@bp.get(f"/practices/<{ID}:id>/edit")
@access(members)
def edit(id: int) -> Answer:
    """The form with what is stored, or with what was typed last and not saved yet."""
    practice = editable(id)
    copy = db.session.get(WorkingCopy, (g.actor.id, practice.id))
    editor = Editor(practice, unpacked(copy.fields) if copy else None)
    if request.args.get("check"):
        editor.check_stored()
    return editor.page(copy=copy, versions=db.session.scalars(versions.of(practice.id, g.actor)).all())


@bp.post(f"/practices/<{ID}:id>/edit")
@access(members)
def update(id: int) -> Answer:
    """Take the changes. `action`: save (also where none is said; a draft stays one), publish, preview, upload."""
    return _take(Editor(editable(id, writing=True), cleaned(request.form)), request.form.get("action", "save"))


def _take(editor: Editor, action: str) -> Answer:
    editor = conflict.chosen(editor)
    _upload(editor, action == "publish")
    if editor.row_list or action in ("upload", "back") or "preview" in request.form:
        return _again(editor, 200)
    practice = editor.practice
    if practice is not None and action != "preview" and (other := tabs.behind(practice.id)) is not None:
        return tabs.told(editor, other)
    publish = action == "publish" and (practice is None or practice.state == State.DRAFT)
    public = publish or (practice is not None and practice.state in (State.PUBLISHED, State.WAITING))
    if not editor.check(public=public and action != "preview"):
        return _again(editor, 422)
    if action == "preview":
        return preview.of(editor)
    try:
        with db.session.begin_nested():
            saved = _save(editor, publish)
    except Conflict:
        found = conflict.met(editor, lambda both: _save(both, publish))
        return _saved(found, publish) if isinstance(found, Practice) else found
    except Refused as refusal:
        editor.form.show(refusal)
        return _again(editor, refusals.status(refusal))
    return _saved(saved, publish)


def _upload(editor: Editor, publish: bool) -> None:
    """Keep the files that came with the form, whatever becomes of its words; a form not kept yet becomes a draft for them.

    A moderator who adds to somebody's practice says why, as with its words.
    """
    session, before, told = db.session(), editor.practice, False
    for file in request.files.getlist("files"):
        if not file.filename:
            continue
        try:
            with session.begin_nested():
                practice = editor.practice or _begun(editor, publish)
                if not owns(g.actor, practice) and not told:
                    saving.say_why(practice, g.actor, editor.form.reason.data or "", None)
                attach(session, store(), practice, file.filename, file.read(), g.actor)
        except Refused as refusal:
            editor.faults.append(f"{file.filename}: {refusals.words(refusal)}")
        else:
            editor.practice, told = practice, True
    if before is None and editor.practice is not None:
        editor.form.version.data = editor.practice.version


def _begun(editor: Editor, publish: bool) -> Practice:
    """The practice of a form that names none: what it has made before, else a new draft."""
    practice = _sent_before(editor, publish) or saving.begin(db.session(), g.actor)
    once.made(practice.id)
    return practice


def _sent_before(editor: Editor, publish: bool) -> Practice | None:
    """What the first press of the button made; what else was typed before the second goes there too.

    The form's key says it; without one, the words. A draft (`publish` is false) never changes what others see already.
    """
    title, solution = editor.form.title.data or "", editor.form.solution.data or ""
    twin = db.session.scalar(queries.own(once.earlier() or 0, g.actor))
    if twin is None and title:
        twin = db.session.scalar(queries.twins(g.actor, title, solution, now() - DOUBLE_PRESS).limit(1))
    if twin is None or not (publish or twin.state == State.DRAFT) or not can_edit(g.actor, twin):
        return None
    return db.session.execute(queries.for_writing(twin.id, g.actor)).unique().scalar_one()


def _save(editor: Editor, publish: bool) -> Practice:
    session, card = db.session(), editor.card()
    practice = editor.practice or _begun(editor, publish)

    own, reason = owns(g.actor, practice), editor.form.reason.data or ""

    def step() -> None:
        before = [(file.id, file.alt, file.described()) for file in session.scalars(of_entry(practice.id))]
        left = [(file.id, file.alt, file.described()) for file in arrange(session, practice, editor.changes)]
        worded = saving.save(session, practice, card, by=g.actor, version=editor.version, reason=reason)
        if not worded and practice.is_published:
            revise(practice, g.actor)  # new documents, or news of them
        if not own and not worded and left != before:
            saving.say_why(practice, g.actor, reason, None)

    if own:
        step()
        if editor.form.unsigned is not None and practice.author_id == g.actor.id:
            saving.sign(practice, editor.form.unsigned, g.actor)
    else:
        act(session, practice, g.actor, step)  # a moderator's: whoever has taken it is asked first
    if publish:
        saving.publish(practice, g.actor)
    saving.drop_copy(session, practice, g.actor)
    if practice.state != State.DRAFT:
        versions.forget(session, practice.id, g.actor)
    elif editor.raw is not None:
        versions.remember(session, practice.id, g.actor, packed(editor.raw), now())
    return practice


def _again(editor: Editor, status: int) -> Answer:
    """The form once more. Where the practice exists, what was typed is kept as the working copy too."""
    if editor.practice is not None:
        editor.keep()
        keep()
    return editor.page(422 if editor.faults else status)


def _saved(practice: Practice, published: bool) -> Response:
    copies.taken()
    if practice.state == State.DRAFT:
        flash(_("Черновик сохранён. Его видите только вы."), "good")
        return redirect(url_for("practices.edit", id=practice.id), 303)
    if not published:
        flash(" ".join([_("Изменения сохранены."), *why_held(practice)]), "good")
    elif practice.is_published:
        flash(_("Практика опубликована."), "good")
    else:
        flash(held_words(practice, _("Практика отправлена. Её посмотрит модератор – обычно в тот же день.")), "good")
    return redirect(url_for("practices.show", id=practice.id, slug=practice.slug), 303)


@bp.post(f"/practices/<{ID}:id>/publication")
@access(members)
def publication(id: int) -> Response:
    """Publish a draft as it stands; `published=0` or `action=withdraw` makes what is published, waits or was withdrawn a draft again."""
    practice = find_or_404(queries.for_writing(id, g.actor))
    if request.form.get("published") == "0" or request.form.get("action") == "withdraw":
        require(can_unpublish(g.actor, practice) or can_publish(g.actor, practice))
        practice.unpublish(by=g.actor)
        flash(_("Практика снова черновик. Её видите только вы."), "good")
        return redirect(url_for("practices.show", id=practice.id, slug=practice.slug), 303)
    require(practice.author_id == g.actor.id and can_edit(g.actor, practice))
    if practice.state == State.DRAFT and not Editor(practice).check_stored():
        return redirect(url_for("practices.edit", id=practice.id, check=1), 303)
    saving.publish(practice, g.actor)
    return _saved(practice, True)
