"""Moving an entry, merging it into another, and changing its words: steps with a page of their own."""

from functools import partial
from typing import Any

from flask import abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from forum.accounts.queries import called
from forum.comments import actions as comments
from forum.comments.models import Comment
from forum.core.errors import Refused
from forum.core.text import render
from forum.entries.models import Entry
from forum.entries.policy import can_moderate, visible_to
from forum.extensions import db
from forum.moderation import actions, merging, queries, rewording
from forum.moderation.forms import StepForm
from forum.moderation.moving_forms import MergeForm, MoveForm, SplitForm, WordingForm, WordsForm
from forum.moderation.rewording import REWORDING
from forum.moderation.views.acting import Answer, Page, found, perform, sight
from forum.moderation.views.blueprint import bp
from forum.moderation.views.reports import address
from forum.web import redirects, refusals
from forum.web.access import access, moderators, require
from forum.web.lookup import find_or_404


def _shown(id: int) -> Entry:
    entry = find_or_404(queries.visible_entry(id, g.actor))
    require(can_moderate(g.actor, entry))
    return entry


def _page(entry: Entry, template: str, form: StepForm, **more: Any) -> Page:
    def draw(decided: str = "") -> str:
        back = redirects.back(url_for("moderation.case", id=entry.id))
        return render_template(f"moderation/{template}.html", entry=entry, form=form, back=back, seen=sight(entry), decided=decided, **more)

    return draw


@bp.get("/entries/<int:id>/moving")
@access(moderators)
def moving(id: int) -> str:
    """Where to."""
    entry = _shown(id)
    if not entry.MOVES:
        abort(404)
    return _page(entry, "moving", _moving_form(entry))()


@bp.post("/entries/<int:id>/moving")
@access(moderators)
def move(id: int) -> Answer:
    """To another nomination, municipality or discussion, with the reason."""
    entry = found(id)
    if not entry.MOVES:
        abort(404)
    form = _moving_form(entry)

    def step() -> None:
        where = {"discussion": _target(form.discussion.number, "discussion")} if isinstance(form, SplitForm) else form.where
        actions.move(entry, g.actor, form.reason.data or "", **where)

    return perform(entry, form, step, _("Перенесено. Автор узнает, куда и почему."), _page(entry, "moving", form))


def _moving_form(entry: Entry) -> Any:
    return SplitForm() if "discussion" in entry.MOVES else MoveForm()


def _target(number: int | None, field: str) -> Entry:
    """Another entry that the actor may read, held; raises Refused at the field where there is none."""
    query = select(Entry).where(Entry.id == (number or 0), visible_to(g.actor)).with_for_update(of=Entry)
    other = db.session.execute(query).unique().scalar_one_or_none()
    if other is None:
        raise Refused("moderation.no_such_entry", field=field)
    return other


@bp.get("/entries/<int:id>/merging")
@access(moderators)
def merging_page(id: int) -> Answer:
    """Which entry stays; once `kept` names it, what goes along and what does not."""
    entry = _shown(id)
    if entry.root_id is not None:
        abort(404)
    form = MergeForm(data={"kept": request.args.get("kept", "")})
    if "kept" not in request.args:
        return _page(entry, "merging", form, kept=None, forecast=None)(), 200
    try:
        if form.kept.validate(form):
            kept = _kept(entry, form.kept.number)
            return _page(entry, "merging", form, kept=kept, forecast=merging.forecast(db.session(), entry, kept))(), 200
    except Refused as refusal:
        form.kept.errors = [refusals.words(refusal)]
    return _page(entry, "merging", form, kept=None, forecast=None)(), 422


@bp.post("/entries/<int:id>/merging")
@access(moderators)
def merge(id: int) -> Answer:
    """Merge into `kept`, with the reason."""
    # Both in the order of their numbers, so that two merges crosswise wait for each other and do not lock up.
    number = MergeForm().kept.number
    db.session.execute(select(Entry.id).where(Entry.id.in_([id, number or 0])).order_by(Entry.id).with_for_update()).all()
    entry, form = found(id), MergeForm()
    if entry.root_id is not None:
        abort(404)

    def step() -> None:
        actions.merge(db.session(), entry, _kept(entry, number), g.actor, form.reason.data or "")

    def page(decided: str = "") -> str:
        kept = db.session.execute(select(Entry).where(Entry.id == (number or 0), visible_to(g.actor))).unique().scalar_one_or_none()
        try:
            forecast = merging.forecast(db.session(), entry, kept) if kept is not None and not form.kept.errors else None
        except Refused:
            forecast = None
        return _page(entry, "merging", form, kept=kept if forecast else None, forecast=forecast)(decided)

    return perform(entry, form, step, _("Объединено: старый адрес ведёт к оставшейся практике."), page, deciding=True)


def _kept(entry: Entry, number: int | None) -> Entry:
    kept = _target(number, "kept")
    if kept.author_id == g.actor.id:
        raise Refused("moderation.own", field="kept")
    if not can_moderate(g.actor, kept):
        raise Refused("moderation.outside_regions", field="kept")
    entry.check_merge(kept)
    return kept


@bp.get("/entries/<int:id>/wording")
@access(moderators)
def wording(id: int) -> Answer:
    """The words of a comment, or of what has several texts, to be put right; a practice has its own form."""
    entry = _shown(id)
    if entry.kind in REWORDING:
        return _page(entry, "rewording", WordsForm.of(entry), author=entry.signature)(), 200
    if not isinstance(entry, Comment):
        return redirect(f"{address(entry)}/edit")
    form = WordingForm(data={"body": entry.body, "version": entry.version})
    return _page(entry, "wording", form, author=entry.author.name)(), 200


@bp.post("/entries/<int:id>/wording")
@access(moderators)
def reword(id: int) -> Answer:
    """Change somebody's words, with the reason; the former ones stay in the history."""
    entry = found(id)
    if entry.kind in REWORDING:
        several = WordsForm.of(entry)
        page = _page(entry, "rewording", several, author=entry.signature, previews=_previews(several))
        if "preview" in request.form:
            return page(), 200
        return perform(entry, several, partial(_reword, entry, several), _("Исправлено. Автор узнает, что изменилось и почему."), page)
    if not isinstance(entry, Comment):
        abort(404)
    form, comment = WordingForm(), entry
    page = _page(entry, "wording", form, author=entry.author.name, previews=_previews(form))
    if "preview" in request.form:
        return page(), 200

    def step() -> None:
        _check_version(form, comment, "body")
        comments.correct(comment, form.body.data or "", g.actor, form.reason.data or "")

    return perform(entry, form, step, _("Исправлено. Прежние слова остались в истории."), page)


def _previews(form: StepForm) -> dict[str, str]:
    """The text whose preview was asked for, without JavaScript."""
    name = request.form.get("preview", "")
    if name not in form:
        return {}
    try:
        return {name: render(form[name].data or "", called(db.session()))}
    except Refused as refusal:
        return {name: _("Показать не получилось: %(reason)s", reason=refusals.words(refusal))}


def _reword(entry: Entry, form: WordsForm) -> None:
    _check_version(form, entry, form.names[0] if form.names else "reason")
    rewording.correct(db.session(), entry, form.words, g.actor, form.reason.data or "")


def _check_version(form: Any, entry: Entry, field: str) -> None:
    """Raise Refused where the words were changed after the form was shown; sent again, it is meant so."""
    if form.version.data and form.version.data != str(entry.version):
        form.version.raw_data, form.version.data = None, str(entry.version)
        raise Refused("moderation.changed", field=field)
