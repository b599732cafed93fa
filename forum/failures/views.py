"""The page of what did not work."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _

from forum.core.text import excerpt, plain
from forum.extensions import db
from forum.failures import asking, lists
from forum.failures.lists import Wish
from forum.places import reader
from forum.places.towns import Town
from forum.practices.reference import Reference
from forum.practices.views import labels
from forum.practices.views.listing import Choice, ask
from forum.web import language
from forum.web.access import access, everyone
from forum.web.canonical import outside
from forum.web.language import named

bp = Blueprint("failures", __name__)
blueprints = (bp,)


@bp.record_once
def _in_sitemap(state: BlueprintSetupState) -> None:
    state.app.extensions["sitemap"].append(lambda: [outside("failures.index")])


@dataclass(frozen=True, slots=True)
class Bar:
    """An obstacle with how many met it: a link that takes it or gives it up, and the length of its bar in per cent of the longest."""

    text: str
    url: str
    count: int
    percent: float
    active: bool


@dataclass(frozen=True, slots=True)
class Told:
    """A practice or a refusal in the list. `help` is what would have helped."""

    refused: bool
    title: str
    url: str
    place: str
    obstacles: list[str]
    words: str
    help: str
    at: datetime


@bp.get("/failures")
@access(everyone, cache=True)
def index() -> str:
    """Practices that did not work and refusals, the newest first; `obstacle`, `region` and `nomination` narrow them."""
    session, asked = db.session(), asking.asked()
    wish, known, obstacles = asked.wish, asked.known, asked.obstacles
    numbers = lists.numbers(session, wish) if wish.narrows else ask(lists.numbers)
    page = lists.page(session, wish, asked.ids, request.args.get("page"))
    names = {code: named(row) for code, row in obstacles.items()}
    words = {"obstacle": names, "region": labels.regions(known), "nomination": labels.nominations(known)}
    return render_template(
        "failures/index.html",
        page=page,
        told=_told(page.items, known, names),
        bars=_bars(wish, numbers, names),
        chips=_chips(wish, words, asked.town),
        nearby=_choice(wish, "near", reader.MINE, _("похожие на мой")),
        nominations=[_choice(wish, "nomination", key, text) for key, text in words["nomination"].items()],
        regions=words["region"],
        wish=wish,
        query=asked.query,
    )


def _chips(wish: Wish, words: dict[str, dict[str, str]], town: Town | None) -> list[Choice]:
    names = words | ({"near": {wish.near: _("Похожие на: %(town)s", town=named(town))}} if town else {})
    return [_choice(wish, name, value, names[name][value]) for name, value in wish.pairs()]


def _choice(wish: Wish, name: str, value: str, text: str) -> Choice:
    """The link that takes a value, or gives it up where it is chosen."""
    pairs = list(wish.pairs())
    active = (name, value) in pairs
    left = [pair for pair in pairs if pair != (name, value)] if active else [*pairs, (name, value)]
    chosen: dict[str, Any] = {}
    for each, one in left:
        chosen.setdefault(each, []).append(one)
    return Choice(text, url_for(".index", **chosen), active)


def _bars(wish: Wish, numbers: Any, names: dict[str, str]) -> list[Bar]:
    longest = max(numbers.values(), default=0)
    met = [code for code, _number in numbers.most_common()]
    links = {code: _choice(wish, "obstacle", code, names.get(code, code)) for code in [*met, *wish.obstacle]}
    return [
        Bar(link.text, link.url, numbers[code], round(100 * numbers[code] / longest, 1) if longest else 0.0, link.active)
        for code, link in links.items()
    ]


def _told(items: Any, known: Reference, names: dict[str, str]) -> list[Told]:
    session, lang = db.session(), language.select()
    failed = lists.of_practices(session, [item.id for item in items if item.what == lists.PRACTICE])
    refused = lists.of_refusals(session, [item.id for item in items if item.what == lists.REFUSAL])
    rows = ((item, (failed if item.what == lists.PRACTICE else refused).get(item.id)) for item in items)
    draw = {lists.PRACTICE: _practice, lists.REFUSAL: _refusal}
    return [draw[item.what](row, known, names, lang) for item, row in rows if row is not None]


def _place(row: Any, known: Reference, lang: str) -> str:
    region = known.regions.get(row.region)
    town = named(row, "place", lang) if row.place else ""
    return ", ".join(filter(None, [town, named(region, lang=lang) if region is not None else ""]))


def _practice(row: Any, known: Reference, names: dict[str, str], lang: str) -> Told:
    met = [names.get(code, code) for code in (row.codes or "").split()]
    url = url_for("practices.show", id=row.id, slug=row.slug)
    help = excerpt(plain(json.loads(row.html or "{}").get("would_help") or ""), 240)
    return Told(False, row.title, url, _place(row, known, lang), met, row.summary, help, row.listed_at)


def _refusal(row: Any, known: Reference, names: dict[str, str], lang: str) -> Told:
    html = json.loads(row.html or "{}")
    said, help = (excerpt(plain(html.get(name) or ""), 240) for name in ("refusal", "would_help"))
    met = [named(row, "obstacle", lang)] if row.obstacle else []
    return Told(True, row.title, url_for("adoptions.show", id=row.id), _place(row, known, lang), met, said, help, row.listed_at)
