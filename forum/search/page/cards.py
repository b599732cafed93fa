"""Results as the card component draws them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from flask import current_app, get_template_attribute, url_for
from flask_babel import gettext as _
from markupsafe import Markup

from forum.entries.labels import unnamed
from forum.places.towns import Town
from forum.places.wording import shared
from forum.search import highlight
from forum.search.enclosed import Passage
from forum.search.found import Item
from forum.search.labels import Labels
from forum.web import language
from forum.web.kept import part
from forum.web.language import place_name
from forum.web.templating import change

LONGEST_INDICATOR = 60


@dataclass(frozen=True, slots=True)
class Card:
    """What `card` of the components draws; of a person `templates/search/_person.html`. Costs in whole roubles."""

    kind: str
    title: object
    url: str
    highlight: object = ""
    who: str = ""
    status: str = ""
    place: str = ""
    population: int | None = None
    nomination: str = ""
    cost_per_resident: float | None = None
    indicator: str = ""
    change: str = ""
    votes: int | None = None
    comments: int = 0
    adoptions: int = 0
    open_adoptions: int = 0
    state_note: str = ""
    stale: bool = False
    published_at: object = None
    id: int | None = None
    near: str = ""
    documents: tuple[tuple[str, str, Markup], ...] = ()  # name, address and passage of those that answer


def card(item: Item, terms: frozenset[str], labels: Labels) -> Card:
    """A result with the words that answer marked."""
    if item.kind == "person":
        return _person(item, terms)
    return _practice(item, terms, labels) if item.text.title else _comment(item, terms)


def drawn(items: Iterable[Item], terms: frozenset[str], labels: Labels, town: Town | None = None) -> list[Markup]:
    """Results as list items; practices say what they have in common with `town`."""
    look = language.select(), current_app.config["TIMEZONE"]
    entry = get_template_attribute("components/card.html", "card")
    person = get_template_attribute("search/_person.html", "found_person")

    def draw(one: Card) -> Markup:
        return part(("found", one, look), lambda: person(one) if one.kind == "person" else entry(one))

    return [draw(_near(item, card(item, terms, labels), town)) for item in items]


def _near(item: Item, one: Card, town: Town | None) -> Card:
    place = _first(item, "place")
    return replace(one, near=shared(town, _first(item, "profile"), int(place) if place else None)) if town else one


def brief(item: Item, labels: Labels) -> Card:
    """Something to read on, without its text."""
    return replace(card(item, frozenset(), labels), highlight="", documents=())


def _practice(item: Item, terms: frozenset[str], labels: Labels) -> Card:
    text, place = item.text, item.text.municipality
    region, status = _first(item, "region"), _first(item, "status")
    return Card(
        item.kind,
        title=highlight.mark(text.title, terms),
        url=address(item),
        highlight=highlight.snippets(text.body, terms, text.summary),
        status=status,
        place=place_name(place) if place else labels.of("region", region) if region else "",
        population=place.population if place else None,
        cost_per_resident=text.figures.per_resident,
        indicator=text.figures.indicator[:LONGEST_INDICATOR] if text.figures.change is not None else "",
        change=change(text.figures.change, text.figures.unit),
        votes=text.score or None,
        comments=item.subject.comments_count,
        adoptions=text.adoptions[0],
        open_adoptions=text.adoptions[1],
        state_note={"adoption": _("Внедрение"), "request": _("Ищут решение")}.get(item.kind, ""),
        published_at=text.published_at,
        id=item.subject.id if item.kind == "practice" else None,
        documents=tuple((one.name, document_address(one), one.text) for one in item.passages),
        stale=text.stale,
    )


def _comment(item: Item, terms: frozenset[str]) -> Card:
    """Whose it is, and on what."""
    text = item.text
    return Card(
        item.kind,
        title=highlight.mark(about(item), terms),
        url=address(item),
        highlight=highlight.snippets(text.body, terms),
        who=_("Комментарий: %(name)s", name=text.author or unnamed(_kind_of_root(item))),
        votes=text.score or None,
        published_at=text.published_at,
    )


def _kind_of_root(item: Item) -> str:
    root: Any = getattr(item.subject, "root", None)
    return str(root.kind) if root else item.kind


def _person(item: Item, terms: frozenset[str]) -> Card:
    person, place = item.subject, item.text.municipality
    return Card(
        item.kind,
        title=highlight.mark(person.name, terms),
        url=address(item),
        highlight=highlight.mark(person.position or "", terms),
        who=person.name,
        place=place_name(place) if place else "",
    )


def _first(item: Item, facet: str) -> str:
    return next(iter(item.text.facets.get(facet, ())), "")


def about(item: Item) -> str:
    """What a comment is about."""
    root: Any = getattr(item.subject, "root", None)
    return str(root.headline) if root else ""


def address(item: Item) -> str:
    """Where the entry stands: the page of its kind, or a place on the page of what it is about."""
    entry: Any = item.subject
    if item.kind == "person":
        return url_for("practices.person", handle=entry.handle)
    endpoint = f"{entry.kind}s.show"
    if endpoint in current_app.view_functions:
        return url_for(endpoint, id=entry.id, slug=getattr(entry, "slug", None))
    root = entry.root or entry
    return url_for(f"{root.kind}s.show", id=root.id, slug=getattr(root, "slug", None), _anchor=f"{entry.kind}-{entry.id}")


def document_address(found: Passage) -> str:
    """Where a document is fetched."""
    return url_for("attachments.file", id=found.file_id, name=found.name)
