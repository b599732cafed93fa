"""Pages of help; and what other pages take from it: where an answer stands, and the rule that a reason names."""

from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request, url_for
from flask.blueprints import BlueprintSetupState

from forum.help import matching, rules
from forum.help.matching import Match
from forum.help.reading import TOPICS, HelpPage, pages
from forum.help.reading import page as read
from forum.search.query import clean
from forum.web import language
from forum.web.access import access, everyone
from forum.web.canonical import outside

bp = Blueprint("help", __name__)
blueprints = (bp,)
bp.add_app_template_global(rules.linked, "linked_rules")


@bp.record_once
def _mapped(state: BlueprintSetupState) -> None:
    state.app.extensions["sitemap"].append(lambda: [outside("help.index"), *(outside("help.page", topic=topic) for topic in TOPICS)])


@dataclass(frozen=True, slots=True)
class Answer:
    """A page that answers a question, and where on it; `section` is empty where it is the page as a whole."""

    page: HelpPage
    section: str
    url: str


@bp.get("/help")
@access(everyone, cache=True)
def index() -> str:
    """The contents; with `q` the pages that answer."""
    question = clean(request.args.get("q", ""))
    return render_template("help/index.html", question=question, found=_answers(matching.find(question)), pages=pages(language.select()))


@bp.get("/help/<topic>")
@access(everyone, cache=True)
def page(topic: str) -> str:
    """One page."""
    if topic not in TOPICS:
        abort(404)
    return render_template("help/page.html", page=read(topic, language.select()), pages=pages(language.select()))


@bp.app_template_global()
def help_beside(question: str) -> list[Answer]:
    """Pages to name beside what the site's search has found."""
    return _answers(matching.beside(question))


def _answers(matches: list[Match]) -> list[Answer]:
    lang = language.select()
    return [_answer(read(match.topic, lang), match.anchor) for match in matches]


def _answer(found: HelpPage, anchor: str) -> Answer:
    section = next((section.title for section in found.sections if section.anchor == anchor), "")
    return Answer(found, section, url_for("help.page", topic=found.topic, _anchor=anchor or None))
