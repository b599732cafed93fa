"""All that one results page shows, put together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from sqlalchemy.orm import Session

from forum.core.actor import Actor
from forum.places.reader import MINE
from forum.search.found import Found
from forum.search.labels import Labels, nothing_called
from forum.search.page import facets, helping
from forum.search.page.cards import Card, brief, drawn
from forum.search.page.facets import Choice, Facet
from forum.search.page.helping import Popular
from forum.search.page.links import Chosen, Links, pairs
from forum.search.page.wish import LAST_PAGE, PER_PAGE, Wish
from forum.search.port import Engine, Unavailable
from forum.search.query import with_words, without_fields
from forum.search.shelf import Shelf
from forum.search.wordlist import WordList
from forum.web import language
from forum.web.kept import part

SORT_NAMES = {
    "fit": _l("подходящие"), "new": _l("новые"), "votes": _l("с голосами"), "discussed": _l("обсуждаемые"), "adopted": _l("внедряемые"),
    "cost": _l("недорогие"), "near": _l("близкие к нам"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a page comes from."""

    session: Session
    actor: Actor
    engine: Engine
    shelf: Shelf
    synonyms: WordList


@dataclass(slots=True)
class Help:
    """What is looked up beside the results, most of it only where little or nothing was found; `author`: whose name the question is."""

    author: str = ""
    popular: Popular = field(default_factory=Popular)
    wider: Sequence[tuple[str, str, int]] = ()
    missing: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Mended:
    """The question without its typing errors: its address, and its pieces with whether each was changed."""

    url: str
    pieces: Sequence[tuple[str, bool]]


class Showing:
    """One page of results, ready for its template."""

    def __init__(self, sources: Sources, wanted: Wish, found: Found) -> None:
        results = found.results
        self.links = Links(wanted)
        self.chosen = Chosen(wanted, found.typed, self.links)
        self.counts = results.facets
        self.short = helping.falls_short(wanted, found)
        self._wanted, self._found = wanted, found
        self._help = self._look_up(sources)
        self.labels = Labels(sources.session, language.select(), self._tags())
        self.town = wanted.town if wanted.wants_town else None
        self.cards = drawn(found.items, results.terms, self.labels, self.town)

    @property
    def query(self) -> str:
        """What an address of the same results elsewhere must say."""
        return self.links.to().partition("?")[2]

    def _look_up(self, sources: Sources) -> Help:
        """Help where it is wanted; without it where the engine has just gone away."""
        wanted, found, help = self._wanted, self._found, Help()
        nothing = not found.items and wanted.page == 1
        try:
            help.author = helping.author(sources.engine, wanted, found)
            if not nothing and not self.short:
                return help
            help.missing = helping.missing_words(sources.engine, wanted, found.synonyms)
            if nothing:
                help.wider = helping.wider(sources.engine, wanted, found, self.chosen)
                help.popular = helping.popular(sources.session, sources.actor, sources.engine, sources.shelf)
        except Unavailable:
            return Help()
        return help

    def _tags(self) -> set[str]:
        """The themes this page may have to name."""
        on = self.chosen.values("tag")
        shown, folded = facets.shown_values("tag", self.counts.get("tag", {}), on)
        return {*on, *shown, *folded, *self._help.popular.themes}

    # What narrows and widens.

    @cached_property
    def facets(self) -> list[Facet]:
        return facets.facets(self.counts, self.chosen, self.labels) if self._found.items else []

    def tabs(self) -> list[Choice]:
        return facets.tabs(self._wanted, self.counts.get("kind", {}), self.links, self.labels)

    @cached_property
    def chips(self) -> list[Choice]:
        return [*facets.chips(self.chosen, self.labels), *self._near()]

    def _near(self) -> Iterator[Choice]:
        """That only what is like a town is shown."""
        if self.town and self._wanted.near:
            yield Choice(_("Похожие на: %(town)s", town=language.named(self.town)), self.links.to(near=[]), active=True)

    def only_near(self) -> Choice:
        """The way to what is like the reader's town alone, or from there."""
        on = bool(self._wanted.near)
        return Choice(_("похожие на мой"), self.links.to(near=[] if on else [MINE]), on)

    @property
    def clear_url(self) -> str:
        return self.chosen.without_all()

    def narrowing(self) -> Markup:
        """The column of facets."""
        shown: dict[str, Any] = {"facets": tuple(self.facets), "near": self.only_near(), "regions": tuple(self.regions())}
        shown |= {"kept": tuple(self.kept()), "chosen": len(self.chips)}
        return part(("facets", language.select(), *shown.values()), lambda: render_template("search/_facets.html", **shown))

    def regions(self) -> list[tuple[str, str, int]]:
        return facets.regions(self.counts.get("region", {}), self.chosen.values("region"), self.labels)

    def kept(self) -> list[tuple[str, str]]:
        """What a form that narrows must send along."""
        return [(name, value) for name, values in pairs(self._wanted) for value in values]

    def sorts(self) -> list[Choice]:
        """The orders to choose from: without words nothing fits better than another, and without costs nothing is cheaper."""
        wanted, worded = self._wanted, bool(self._wanted.asked.words)
        active = "new" if wanted.sort == "fit" and not worded else wanted.sort
        orders = {name: name != "fit" or worded for name in SORT_NAMES} | {"cost": "cost" in self.counts or wanted.sort == "cost"}
        return [
            Choice(str(SORT_NAMES[name]), self.links.to(sort=[name] if name != "fit" else []), name == active)
            for name, offered in orders.items()
            if offered
        ]

    def pages(self) -> dict[str, str]:
        """Addresses of the neighbouring pages, empty where there is none."""
        page, last = self._wanted.page, min(-(-self._found.results.total // PER_PAGE), LAST_PAGE)
        return {
            "prev_url": self.links.to(page=[str(page - 1)] if page > 2 else []) if page > 1 else "",
            "next_url": self.links.to(page=[str(page + 1)]) if page < last else "",
        }

    @property
    def first_url(self) -> str:
        return self.links.to()

    # What is said.

    @property
    def question(self) -> str:
        """What was asked, without the filters, which stand as chips."""
        return without_fields(self._wanted.text)

    def mended(self) -> Mended | None:
        suggestion = self._found.results.suggestion
        if not suggestion:
            return None
        typed = self._wanted.asked.text.split()
        pieces = [(piece, number >= len(typed) or piece != typed[number]) for number, piece in enumerate(suggestion.split())]
        return Mended(self.links.to(q=[with_words(self._wanted.text, suggestion)]), pieces)

    def unknown(self) -> list[str]:
        return [nothing_called(name, value) for name, value in facets.unknown(self.chosen, self.labels)]

    def author(self) -> Choice | None:
        """The practices of the author whose name was asked for."""
        name = self._help.author
        typed = f"автор:«{name}»" if " " in name else f"автор:{name}"
        return Choice(name, self.links.to(q=[typed])) if name else None

    # Where little was found.

    @property
    def missing(self) -> Sequence[str]:
        return self._help.missing

    def wider(self) -> list[Choice]:
        return helping.named(self._help.wider, _("без всех условий"))

    def themes(self) -> list[tuple[str, str]]:
        return helping.themes(self._help.popular.themes, self.labels)

    def popular(self) -> list[Card]:
        return [brief(item, self.labels) for item in self._help.popular.practices]
