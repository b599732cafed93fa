"""The list of words, for admins."""

from flask import flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from forum.core.errors import Refused
from forum.core.text import fit
from forum.extensions import db
from forum.trust import words as listing
from forum.trust.forms import WordForm
from forum.trust.models import WordRule
from forum.trust.views.blueprint import bp
from forum.trust.wording import ACTIONS
from forum.web.access import access, admins, require
from forum.web.lookup import find_or_404

Answer = Response | str | tuple[str, int]
LONGEST_TRIAL = 2000


def _page(form: WordForm) -> str:
    rules = db.session.scalars(select(WordRule).order_by(WordRule.words, WordRule.id)).all()
    text = fit(request.args.get("q", ""))[:LONGEST_TRIAL]
    met = listing.matches(((rule.words, rule.action) for rule in rules), text) if text.strip() else None
    return render_template("trust/words.html", form=form, rules=rules, actions=ACTIONS, q=text, met=met, longest=LONGEST_TRIAL)


@bp.get("/admin/words")
@access(admins)
def words() -> str:
    """The whole list; `q` is a text to try."""
    return _page(WordForm())


@bp.post("/admin/words")
@access(admins)
def add_words() -> Answer:
    """Put a word or phrase on the list."""
    require(g.actor.may_write)
    form = WordForm()
    try:
        if form.validate():
            rule = listing.add(db.session(), form.words.data or "", form.action.data, g.actor)
            flash(_("Добавлено: «%(words)s».", words=rule.words), "good")
            return redirect(url_for("trust.words"))
    except Refused as refusal:
        form.show(refusal)
    return _page(form), 422


def _found(id: int) -> WordRule:
    require(g.actor.may_write)
    return find_or_404(select(WordRule).where(WordRule.id == id))


@bp.get("/admin/words/<int:id>")
@access(admins)
def word_rule(id: int) -> str:
    """One entry of the list, to be changed."""
    rule = find_or_404(select(WordRule).where(WordRule.id == id))
    return render_template("trust/word.html", rule=rule, form=WordForm(words=rule.words, action=rule.action))


@bp.post("/admin/words/<int:id>")
@access(admins)
def change_words(id: int) -> Answer:
    """Change an entry of the list."""
    rule, form = _found(id), WordForm()
    try:
        if form.validate():
            listing.change(db.session(), rule, form.words.data or "", form.action.data, g.actor)
            flash(_("Сохранено: «%(words)s».", words=rule.words), "good")
            return redirect(url_for("trust.words"))
    except Refused as refusal:
        form.show(refusal)
    return render_template("trust/word.html", rule=rule, form=form), 422


@bp.post("/admin/words/<int:id>/removal")
@access(admins)
def remove_words(id: int) -> Response:
    """Take an entry off the list."""
    rule = _found(id)
    listing.remove(db.session(), rule, g.actor)
    flash(_("Убрано: «%(words)s».", words=rule.words), "good")
    return redirect(url_for("trust.words"))
