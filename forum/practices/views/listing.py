"""A list of practices with its filters: the one part of all pages that have such a list."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from time import monotonic
from typing import Any, NoReturn, TypeVar
from urllib.parse import quote

from flask import abort, current_app, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from markupsafe import Markup

from forum.core.memo import Memo
from forum.extensions import db
from forum.places import reader
from forum.practices import filters, lists, near
from forum.practices.filters import Near
from forum.practices.reference import Reference, reference
from forum.practices.views import labels
from forum.practices.views.blueprint import bp
from forum.practices.views.cards import cards
from forum.web import language
from forum.web.kept import Kept, pages_version, part
from forum.web.language import named

Answer = TypeVar("Answer")

FACETS = ("nomination", "status", "near", "population", "category", "adopted", "district", "confirmed")
# Characters of pages of lists that are kept, apart from other parts: there are endlessly many.
LISTS_LIMIT = 3 * 1024 * 1024
# What a page that stands for one thing makes idle.
IDLE = {"region": {"region", "district"}, "municipality": {"region", "district", "population", "category", "near"}, "tag": {"tag"}}


@bp.record_once
def _remember(state: BlueprintSetupState) -> None:
    state.app.extensions["practices_memo"] = Memo()
    state.app.extensions["lists"] = Kept(LISTS_LIMIT if state.app.config["PAGE_CACHE"] != "off" else 0)


def elsewhere(of: str, **address: Any) -> list[dict[str, Any]]:
    """The tab that leads to what features above show of a region, a municipality or a person."""
    endpoint = f"adoptions.of_{of}"
    if endpoint not in current_app.view_functions:
        return []
    return [{"text": _("Внедрения"), "url": url_for(endpoint, **address), "active": False}]


def ask(question: Callable[..., Answer]) -> Answer:
    """The answer to a question about the present state, remembered while pages stay the same."""
    memo: Memo = current_app.extensions["practices_memo"]
    return memo.ask(question, db.session(), pages_version())


def weights() -> dict[str, int]:
    """How many practices each profile has, remembered for ten minutes: a change need not be followed at once."""
    memo: Memo = current_app.extensions["practices_memo"]
    return memo.ask(near.weights, db.session(), int(monotonic()) // 600)


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that takes a choice, or gives it up where it is active."""

    text: str
    url: str
    active: bool = False


class Listing:
    """One page of practices, with the links that narrow, widen and order it.

    `fixed` is what the page itself stands for (`region`, `municipality` or `tag`); nobody can choose that anew.
    """

    def __init__(self, tag: Any = None, **fixed: Any) -> None:
        session = db.session()
        self.reference: Reference = ask(reference)
        self.tags = lists.tags_by_slug(session, filters.slugs_in(request.args)) if tag is None else {tag.slug: tag}
        fixed |= {"tag": (tag.slug,)} if tag is not None else {}
        idle = set().union(*(IDLE[name] for name in fixed))
        chosen = filters.parse(request.args, self.reference, self.tags)
        nothing: dict[str, Any] = dict.fromkeys(idle, ())
        self._idle = idle
        self.near = self._near_to(chosen.sort)
        sort = filters.SORTS[0] if chosen.sort == "near" and self.near is None else chosen.sort
        self.filters = replace(chosen, **(nothing | {"near": self.near, "sort": sort}))
        self.chosen = list(self.filters.chosen())
        self.path = quote(request.path)
        self.whole = replace(self.filters, **fixed)

    def load(self) -> None:
        """Find what the page shows."""
        session, all_filters = db.session(), self.whole
        narrowed = lists.narrowed(all_filters, self.reference, self.tags)
        self.total, self.counted = narrowed.count(session), lists.COUNTED
        cursor, town = request.args.get("page"), self.near.town if self.near else None
        if town is not None and all_filters.sort == "near":
            self.page = near.page(session, narrowed, self.total, town, weights, cursor, lists.PAGE_SIZE, lists.CARD_COLUMNS)
        else:
            self.page = narrowed.page(session, self.total, cursor)
        self.cards = cards(self.page.items, self.reference, level=2, town=town)

    def without_town(self) -> NoReturn:
        """Where a town is wanted and none is known: the reader chooses one, and comes back."""
        abort(redirect(url_for("places.town", next=request.full_path)))

    def _near_to(self, sort: str) -> Near | None:
        """The town whose likeness narrows or orders; who has none yet is asked for it, and comes back."""
        said = request.args.get("near", "")
        if "near" in self._idle or not (said or sort == "near"):
            return None
        town = reader.meant(said) if said else reader.town()
        if town is None and (sort == "near" or said == reader.MINE):
            said = said if said == reader.MINE else ""
            town = reader.town() or self.without_town()
        return Near(town, said) if town is not None else None

    def _address(self, pairs: Iterable[tuple[str, str]], sort: str | None = None, page: str | None = None) -> str:
        # Nothing here needs escaping: known keys, slugs, numbers and cursors only.
        sort = sort or self.filters.sort
        pairs = [*pairs, *([("sort", sort)] if sort != filters.SORTS[0] else []), *([("page", page)] if page else [])]
        return f"{self.path}?{'&'.join([f'{name}={value}' for name, value in pairs])}" if pairs else self.path

    @property
    def next_url(self) -> str:
        return self._address(self.chosen, page=self.page.next) if self.page.next else ""

    @property
    def previous_url(self) -> str:
        return self._address(self.chosen, page=self.page.previous) if self.page.previous else ""

    @property
    def query(self) -> str:
        """What an address of the same list elsewhere must say, with what the page itself stands for."""
        whole = self.whole
        place = [("municipality", whole.municipality)] if whole.municipality is not None else []
        return "&".join(f"{name}={value}" for name, value in [*place, *whole.pairs()])

    @property
    def clear_url(self) -> str:
        return self._address([])

    @cached_property
    def words(self) -> dict[str, dict[str, str]]:
        """What can be chosen here, by filter: keys of addresses and names."""
        found = {name: words for name, words in _words(self.reference).items() if name not in self._idle}
        if self.near and self.near.said not in ("", reader.MINE):
            found["near"][self.near.said] = named(self.near.town)
        return found

    def narrowing(self) -> Markup:
        """The column of filters."""
        key = ("narrowing", pages_version(), language.select(), self.path, self.filters)
        return part(key, lambda: render_template("practices/_filters.html", listing=self))

    def results(self, invitation: str = "") -> Markup:
        """What was found, the same for all readers; looked for where it is not kept. `invitation`: what an empty list says."""
        at = request.full_path if self.near else self.path  # who chooses another town comes back
        key = ("results", pages_version(), language.select(), at, self.whole, request.args.get("page"), invitation)

        def draw() -> str:
            self.load()
            return render_template("practices/_results.html", listing=self, invitation=invitation)

        return part(key, draw, "lists")

    def facets(self) -> list[tuple[str, list[Choice]]]:
        """Titled groups of choices."""
        return [
            (labels.title(name), [self._choice(name, value, text) for value, text in self.words[name].items()])
            for name in FACETS
            if name in self.words
        ]

    def _choice(self, name: str, value: str, text: str) -> Choice:
        pair = (name, value)
        active = pair in self.chosen
        return Choice(text, self._address([p for p in self.chosen if p != pair] if active else [*self.chosen, pair]), active)

    def chips(self) -> list[Choice]:
        """What is chosen; each link gives it up."""
        return [self._choice(name, value, self._chip(name, value)) for name, value in self.chosen]

    def _chip(self, name: str, value: str) -> str:
        if name == "near" and self.near:
            return _("Похожие на: %(town)s", town=named(self.near.town))
        return labels.chip(name, value, self.words.get(name, {}), self.tags)

    def sorts(self) -> list[Choice]:
        names = {"new": _("новые"), "votes": _("с голосами"), "discussed": _("обсуждаемые"), "adopted": _("внедряемые")}
        names |= {} if "near" in self._idle else {"near": _("близкие к нам")}
        return [Choice(text, self._address(self.chosen, sort=sort), sort == self.filters.sort) for sort, text in names.items()]


def _words(known: Reference) -> dict[str, dict[str, str]]:
    return {
        "nomination": labels.nominations(known),
        "status": labels.statuses(),
        "near": {reader.MINE: _("похожие на мой")},
        "population": labels.populations(),
        "category": labels.categories(),
        "adopted": labels.adopted(),
        "district": labels.districts(),
        "region": labels.regions(known),
        "confirmed": labels.confirmed(),
    }
