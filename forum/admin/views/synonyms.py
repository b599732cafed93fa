"""Words that mean the same to search, and how a question is understood."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from flask import current_app, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forum.admin import queries
from forum.admin import synonyms as groups
from forum.admin.forms import SynonymForm
from forum.admin.views.blueprint import Answer, bp
from forum.core import typed
from forum.core.errors import Refused
from forum.extensions import db
from forum.search.analysis import token
from forum.search.models import SynonymGroup
from forum.search.port import Query, Results, Unavailable
from forum.search.query import clean, parse
from forum.search.synonyms import Synonyms, phrases
from forum.web import redirects
from forum.web.access import access, admins, require
from forum.web.lookup import find_or_404

SHOWN = 50  # groups on a page


@bp.get("/synonyms")
@access(admins)
def synonyms() -> str:
    """The groups; `q` is a question to try, `has` a part of a word that they hold."""
    return _page(SynonymForm())


@bp.post("/synonyms")
@access(admins)
def add_synonyms() -> Answer:
    """Add a group."""
    require(g.actor.may_write)
    form = SynonymForm()
    if not form.validate():
        return _page(form), 422
    try:
        group = groups.add(db.session(), form.words.data or "", g.actor)
    except Refused as refusal:
        form.show(refusal)
        return _page(form), 422
    flash(_("Добавлено: %(words)s. Поиск уже знает.", words=group.words), "good")
    return redirect(url_for("admin.synonyms"))


@bp.get("/synonyms/<int(max=2147483647):id>")
@access(admins)
def synonym_group(id: int) -> str:
    """One group, to be changed."""
    group = find_or_404(queries.synonym_group(id))
    return _group_page(group, SynonymForm(words=group.words))


@bp.post("/synonyms/<int(max=2147483647):id>")
@access(admins)
def change_synonyms(id: int) -> Answer:
    """Change a group."""
    require(g.actor.may_write)
    group, form = find_or_404(queries.synonym_group(id)), SynonymForm()
    if not form.validate():
        return _group_page(group, form), 422
    try:
        groups.change(db.session(), group, form.words.data or "", g.actor)
    except Refused as refusal:
        form.show(refusal)
        return _group_page(group, form), 422
    flash(_("Сохранено: %(words)s.", words=group.words), "good")
    return redirect(url_for("admin.synonyms"))


@bp.post("/synonyms/<int(max=2147483647):id>/removal")
@access(admins)
def remove_synonyms(id: int) -> Response:
    """Take a group off the list."""
    require(g.actor.may_write)
    group = find_or_404(queries.synonym_group(id))
    groups.remove(db.session(), group, g.actor)
    flash(_("Убрано: %(words)s.", words=group.words), "good")
    return redirect(redirects.back(url_for("admin.synonyms")))


@dataclass(frozen=True, slots=True)
class Tried:
    """How a question is understood: its words, what was mended, the groups it touches, how much is found (None: search is away)."""

    text: str
    words: list[str]
    mended: str | None
    groups: list[str]
    total: int | None


def _page(form: SynonymForm) -> str:
    # All of them are read: questions are tried on all, and no database folds Cyrillic as people do.
    rows = sorted(db.session.scalars(queries.synonym_groups()), key=lambda group: _plain(group.words))
    has = typed.line(request.args.get("has"))[:120]
    met = [group for group in rows if _plain(has) in _plain(group.words)]
    last = max(1, -(-len(met) // SHOWN))
    asked = request.args.get("page", "1")
    number = min(last, max(1, int(asked))) if asked.isdecimal() and len(asked) < 9 else 1
    page = {"groups": met[(number - 1) * SHOWN : number * SHOWN], "total": len(met), "has": has, "number": number, "last": last}
    return render_template("admin/synonyms.html", form=form, q=clean(request.args.get("q", "")), tried=_tried(rows), **page)


def _plain(words: str) -> str:
    return words.lower().replace("ё", "е")


def _group_page(group: SynonymGroup, form: SynonymForm) -> str:
    return render_template("admin/synonym_group.html", group=group, form=form)


def _tried(rows: Sequence[SynonymGroup]) -> Tried | None:
    text = clean(request.args.get("q", ""))
    if not text:
        return None
    known: Synonyms = current_app.extensions["synonyms"].current(db.session())
    found: Results | None = None
    with suppress(Unavailable):
        found = current_app.extensions["search"].search(Query(text, synonyms=known, limit=1))
    mended = found.suggestion if found else None
    asked = parse(mended or text).words
    terms = [token(word) for word in asked]
    used = {tuple(terms[start:end]) for start, end, _same in known.of(terms)}
    touched = [group.words for group in rows if not used.isdisjoint(phrases(group.words))]
    return Tried(text, list(asked), mended, touched, found.total if found else None)
