"""A note of the timeline put right by whoever keeps the record, or taken back."""

from datetime import date
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.accounts.queries import called
from forum.adoptions import mending
from forum.adoptions.forms import PHOTOS, MendForm
from forum.adoptions.models import Adoption, AdoptionNote
from forum.adoptions.views import notes
from forum.adoptions.views.blueprint import ID, bp, kept, note_of, say_saved
from forum.adoptions.views.pictures import pictures_of
from forum.attachments.views import store
from forum.core.errors import Refused
from forum.core.text import render
from forum.entries import meeting
from forum.extensions import db
from forum.web import copies, refusals
from forum.web.access import access, members

Answer = str | Response | tuple[str, int]


@bp.get(f"/adoptions/<{ID}:id>/notes/<{ID}:note>/edit")
@access(members)
def edit_note(id: int, note: int) -> str:
    """The form with what is stored."""
    adoption = kept(id)
    found = note_of(adoption, note) or abort(404)
    return _page(adoption, found, _stored(adoption, found))


@bp.post(f"/adoptions/<{ID}:id>/notes/<{ID}:note>/edit")
@access(members)
def update_note(id: int, note: int) -> Answer:
    """Take it; what a colleague has changed meanwhile stays, unless both changed the same."""
    adoption = kept(id, writing=True)
    found, form = note_of(adoption, note), MendForm()
    if found is None:
        return _gone(adoption, note)
    if "preview" in request.form:
        return _page(adoption, found, form, preview=render(form.body.data or "", called(db.session())))
    if not form.validate():
        return _page(adoption, found, form), 422
    merge = _meeting(adoption, found, form)
    if merge is not None and merge.clashes:
        return _ask(adoption, found, form, merge), 409
    try:
        with db.session.begin_nested():  # where it is refused half-way, the page shows what stands
            mending.mend(db.session(), store(), adoption, found, _wanted(form, merge), g.actor)
    except Refused as refusal:
        form.show(refusal)
        return _page(adoption, found, form), refusals.status(refusal)
    copies.taken()
    say_saved(adoption, _("Запись исправлена."))
    return redirect(url_for(".show", id=id, _anchor=f"note-{note}"), 303)


@bp.post(f"/adoptions/<{ID}:id>/notes/<{ID}:note>/removal")
@access(members)
def remove_note(id: int, note: int) -> Answer:
    """Take a plain note back; pressing twice does no more. One that a colleague has just changed is shown first."""
    adoption = kept(id, writing=True)
    found, version = note_of(adoption, note), _number(request.form.get("version"))
    if found is None and not mending.before(db.session(), adoption, note, 0):
        abort(404)
    if found is not None:
        base = mending.before(db.session(), adoption, note, version) if version is not None else {}
        if mending.differs(base, mending.card(found, mending.photos_of(db.session(), adoption, found))):
            form = _stored(adoption, found)
            form.form_errors = [_("Пока вы смотрели, запись изменили: прочтите её, прежде чем убирать.")]
            return _page(adoption, found, form), 409
        mending.take_back(db.session(), adoption, found, g.actor)
    flash(_("Запись убрана."), "good")
    return redirect(url_for(".show", id=id, _anchor="timeline"), 303)


def _stored(adoption: Adoption, note: AdoptionNote) -> MendForm:
    photos = mending.photos_of(db.session(), adoption, note)[:PHOTOS]
    places: dict[str, Any] = {f"was{place}": file.id for place, file in enumerate(photos, 1)}
    places |= {f"alt{place}": file.alt for place, file in enumerate(photos, 1)}
    return MendForm(formdata=None, data={"body": note.body, "happened_on": note.happened_on, "version": adoption.version, **places})


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None


def _meeting(adoption: Adoption, note: AdoptionNote, form: MendForm) -> meeting.Merge | None:
    """Both changes together; None where nobody else has changed the note."""
    version = _number(form.version.data)
    base = mending.before(db.session(), adoption, note.id, version) if version not in (None, adoption.version) else {}
    if not base:
        return None
    theirs = mending.card(note, mending.photos_of(db.session(), adoption, note))
    return meeting.merge({**theirs, **base}, theirs, _typed(form))


def _typed(form: MendForm) -> dict[str, Any]:
    """What was typed, in the shape of `mending.card`."""
    alts = {f"alt-{id}": alt for id, alt in form.alts().items()}
    return {"body": form.body.data or "", "happened_on": f"{form.happened_on.data}", **alts}


def _wanted(form: MendForm, merge: meeting.Merge | None) -> mending.Wanted:
    whole = merge.whole if merge else _typed(form)
    alts = {id: whole[f"alt-{id}"] for id in form.alts() if whole.get(f"alt-{id}")}
    return mending.Wanted(whole["body"], date.fromisoformat(whole["happened_on"]), alts, form.gone(), pictures_of(form))


def _ask(adoption: Adoption, note: AdoptionNote, form: MendForm, merge: meeting.Merge) -> str:
    """The page with both; what only the colleague has changed stands in the form as it is now, and a second press saves one's own."""
    who = mending.changed_by(db.session(), adoption, note.id, _number(form.version.data) or 0, g.actor.id)
    clashes = [merge.clash(name, _label(name), _told) for name in merge.clashes]
    form.body.data, form.version.data = merge.whole["body"], str(adoption.version)
    form.happened_on.raw = ""
    form.happened_on.data = date.fromisoformat(merge.whole["happened_on"])
    for place, id in form.standing():
        form[f"alt{place}"].data = merge.whole.get(f"alt-{id}", form[f"alt{place}"].data)
    return _page(adoption, note, form, clashes=clashes, who=who)


def _label(name: str) -> str:
    return {"body": _("Текст записи"), "happened_on": _("Когда это было")}.get(name) or _("Что на фото")


def _told(name: str, value: Any) -> str:
    return f"{date.fromisoformat(value):%d.%m.%Y}" if name == "happened_on" else str(value or "")


def _gone(adoption: Adoption, note: int) -> Answer:
    """A colleague took it back while it was being changed: what was typed may be written down anew."""
    if not mending.before(db.session(), adoption, note, 0):
        abort(404)
    form = notes.form_of(adoption)
    form.body.errors = [_("Эту запись тем временем убрали. Ваши слова остались здесь: их можно записать заново.")]
    return notes.page(adoption, form), 409


def _page(adoption: Adoption, note: AdoptionNote, form: MendForm, preview: str = "", **more: object) -> str:
    photos = mending.photos_of(db.session(), adoption, note)[:PHOTOS]
    form.place_photos(photos)
    form.ask_files_again()
    return render_template("adoptions/mend.html", adoption=adoption, note=note, form=form, photos=photos, preview=preview, **more)
