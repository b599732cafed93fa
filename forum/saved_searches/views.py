"""Keeping searches, and the list of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from forum.accounts.export import EXPORTERS
from forum.core.errors import Refused
from forum.extensions import db
from forum.saved_searches import letters as own_letters
from forum.saved_searches import links, models, queries
from forum.saved_searches.describing import Description, Descriptions
from forum.saved_searches.export import kept_by
from forum.saved_searches.models import SavedSearch
from forum.search import page
from forum.search.found import Found
from forum.search.matching import key_of
from forum.search.page import Wish
from forum.web import carry, language, redirects, refusals
from forum.web.access import access, everyone, members
from forum.web.lookup import find_or_404

bp = Blueprint("saved_searches", __name__)
blueprints = (bp,)
own_letters.register()
EXPORTERS.append(kept_by)

Answer = str | Response | tuple[str, int]


Fields = Sequence[tuple[str, str]]  # of the form that keeps a search


@dataclass(frozen=True, slots=True)
class Offer:
    """That the results on the page can be kept; `kept` is the reader's own search that asks the same."""

    kept: SavedSearch | None
    fields: Fields


@dataclass(frozen=True, slots=True)
class Row:
    """A search in the list."""

    search: SavedSearch
    description: Description
    url: str


@dataclass(frozen=True, slots=True)
class Removed:
    """One that was in the list, and can be brought back."""

    description: Description
    fields: Fields
    mail: bool


@bp.app_template_global("saved_search")
def offer(wish: Wish, found: Found) -> Offer | None:
    """What the results page may offer for its question; None where nothing can be kept of it, or not all: a reader's town is not."""
    if wish.near:
        return None
    try:
        wanted = models.wanted(db.session(), wish.text, wish.chosen, found.typed)
    except Refused:
        return None
    kept = None if g.actor.is_guest else db.session.scalar(queries.by_key(wanted.key, g.actor))
    return Offer(kept, links.asked(wanted))


@bp.app_template_global("kept_searches")
def kept_among(questions: Sequence[str]) -> set[str]:
    """Which of some bare questions the reader keeps already."""
    if g.actor.is_guest or not questions:
        return set()
    keys = {question: key_of(question) for question in questions}
    kept = set(db.session.scalars(queries.keys_among(keys.values(), g.actor)))
    return {question for question, key in keys.items() if key in kept}


@bp.get("/searches")
@access(members)
def index() -> str:
    """What one keeps, the last saved first; `removed`: what was just removed, to be brought back."""
    searches = db.session.scalars(queries.newest(g.actor.id)).all()
    gone = links.read_removed(request.args.get("removed", ""), g.actor.id)
    if gone is not None and gone.wanted.key in {search.key for search in searches}:
        gone = None  # brought back already
    describe = Descriptions(db.session(), language.select(), [*searches, *([gone.wanted] if gone else [])]).of
    return render_template(
        "saved_searches/index.html",
        rows=[Row(search, describe(search), links.results(search)) for search in searches],
        removed=Removed(describe(gone.wanted), links.asked(gone.wanted), gone.mail) if gone else None,
        confirmed=g.actor.confirmed,
    )


@bp.post("/searches")
@access(members)
def save() -> Response:
    """Keep the search of a results page: its words (`q`) and filters; `mail`: with letters."""
    _keep(request.form)
    return redirect(redirects.back(url_for("saved_searches.index")), 303)


def _keep(asked: MultiDict[str, str]) -> None:
    wish, mail = page.wish(asked), bool(asked.get("mail"))
    models.save(db.session(), g.actor.id, models.wanted(db.session(), wish.text, wish.chosen), mail)
    flash(_("Поиск сохранён."), "good")


def _keep_at_sign_in(asked: MultiDict[str, str]) -> Response:
    """What a guest ordered before they signed in."""
    try:
        _keep(asked)
    except Refused as refusal:
        flash(refusals.words(refusal), "warn")
    return redirect(redirects.safe_next(asked.get("next"), url_for("saved_searches.index")), 303)


PROMISE = _l("Чтобы мы могли вам сообщить, войдите. Поиск сохранится сразу: нажимать ещё раз не придётся.")


@bp.record_once
def _run_at_sign_in(state: BlueprintSetupState) -> None:
    carry.at_sign_in(state.app, "/searches", carry.Errand(PROMISE, _keep_at_sign_in))


@bp.post("/searches/<int:id>/mail")
@access(members)
def mail(id: int) -> Response:
    """Letters about one search: `value` 1 or 0."""
    search = find_or_404(queries.by_id(id, g.actor))
    search.mail = request.form.get("value") == "1"
    return redirect(redirects.back(url_for("saved_searches.index")), 303)


@bp.post("/searches/<int:id>/removal")
@access(members)
def remove(id: int) -> Response:
    """Keep it no longer; the list offers to bring it back, as the results page does anyway."""
    search = find_or_404(queries.by_id(id, g.actor))
    token = links.removed(search)
    db.session.delete(search)
    if token is None or request.form.get("next"):
        flash(_("Больше не сообщаем о новом по этому поиску."), "info")
    return redirect(redirects.back(url_for("saved_searches.index", removed=token)), 303)


@bp.get("/searches/letters/<token>")
@access(everyone)
def letters(token: str) -> Answer:
    """Where the link at the end of a letter leads: a page with a button."""
    search = _of_letter(token)
    return _letters_page(search), 200 if search is not None else 410


@bp.post("/searches/letters/<token>")
@access(everyone)
def end_letters(token: str) -> Answer:
    """Turn the letters of one search off."""
    search = _of_letter(token)
    if search is None:
        return _letters_page(None), 410
    search.mail = False
    return redirect(url_for("saved_searches.letters", token=token), 303)


def _of_letter(token: str) -> SavedSearch | None:
    read = links.read_letters_off(token)
    return db.session.scalar(queries.same(*read)) if read is not None else None


def _letters_page(search: SavedSearch | None) -> str:
    description: Description | None = Descriptions(db.session(), language.select(), [search]).of(search) if search is not None else None
    return render_template("saved_searches/letters.html", search=search, description=description)
