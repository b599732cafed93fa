"""What the results page shows: cards with highlights, and links that narrow, widen, order and turn pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from forum.accounts.models import Person
from forum.search import highlight
from forum.search.found import Found, Item
from forum.search.labels import FIXED, TITLES, Labels
from forum.search.port import SORTS, Query, Sort
from forum.search.query import Asked, clean, parse
from forum.web.templating import address_with

PER_PAGE = 20
LAST_PAGE = 50
MOST_VALUES, LONGEST_VALUE = 20, 100  # of one filter in the address
LISTED = {"region": 10, "tag": 12, "year": 10}
SORT_NAMES = {
    "fit": _l("подходящие"), "new": _l("новые"), "votes": _l("с голосами"), "discussed": _l("обсуждаемые"), "cost": _l("недорогие"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address asks for."""

    text: str
    asked: Asked
    chosen: Mapping[str, Sequence[str]]
    sort: Sort
    page: int

    @property
    def empty(self) -> bool:
        return not self.text and not any(self.chosen.values())

    @property
    def query(self) -> Query:
        filters = {name: values for name, values in self.chosen.items() if name != "kind"}
        return Query(self.text, self.chosen["kind"], filters, self.sort, PER_PAGE, (self.page - 1) * PER_PAGE)


@dataclass(frozen=True, slots=True)
class Card:
    """What `card` of the components draws."""

    title: object
    url: str
    highlight: object
    status: str = ""
    place: str = ""
    nomination: str = ""
    votes: int = 0
    comments: int = 0
    published_at: object = None
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)


def wish(args: MultiDict[str, str]) -> Wish:
    """Read the address; values that mean nothing are left out."""
    chosen = {name: [v[:LONGEST_VALUE] for v in dict.fromkeys(args.getlist(name)) if v][:MOST_VALUES] for name in TITLES}
    for name, known in FIXED.items():
        chosen[name] = [value for value in chosen[name] if value in known]
    sort: Sort = next((name for name in SORTS if name == args.get("sort")), "fit")
    page = args.get("page", "1")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 4 else 1
    text = clean(args.get("q", ""))
    return Wish(text, parse(args.get("q", "")), chosen, sort, min(max(number, 1), LAST_PAGE))


def facets(wanted: Wish, found: Found, labels: Labels) -> list[tuple[str, list[dict[str, Any]]]]:
    """Title and values of each filter; a value that is on takes itself off."""
    lists = []
    for name, title in TITLES.items():
        counts, chosen = found.results.facets.get(name, {}), wanted.chosen[name]
        values = sorted(counts, key=(lambda v: v) if name == "year" else (lambda v, c=counts: (-c[v], v)), reverse=name == "year")
        shown = [*chosen, *[value for value in values if value not in chosen][: LISTED.get(name, 100)]]
        if chosen or len(shown) > 1:
            lists.append((str(title), [_value(name, value, chosen, counts.get(value, 0), labels) for value in shown]))
    return lists


def _value(name: str, value: str, chosen: Sequence[str], count: int, labels: Labels) -> dict[str, Any]:
    active = value in chosen
    changed = [one for one in chosen if one != value] if active else [*chosen, value]
    return {"text": labels.of(name, value), "url": address_with(**{name: changed or None}), "active": active, "count": count}


def chips(lists: list[tuple[str, list[dict[str, Any]]]]) -> list[dict[str, Any]]:
    """The values that are on, each with the address without it."""
    return [item for _title, items in lists for item in items if item["active"]]


def sorts(wanted: Wish) -> list[dict[str, Any]]:
    """The orders to choose from."""
    return [
        {"text": text, "url": address_with(sort=name if name != "fit" else None), "active": name == wanted.sort}
        for name, text in SORT_NAMES.items()
    ]


def pages(wanted: Wish, total: int) -> dict[str, str]:
    """Addresses of the neighbouring pages, empty where there is none."""
    last = min(-(-total // PER_PAGE), LAST_PAGE)
    return {
        "prev_url": address_with(page=wanted.page - 1 if wanted.page > 2 else None) if wanted.page > 1 else "",
        "next_url": address_with(page=wanted.page + 1) if wanted.page < last else "",
    }


def card(item: Item, terms: frozenset[str], labels: Labels) -> Card:
    """A result with the words that answer marked."""
    text, values = item.text, item.text.facets
    title = text.title or _("Комментарий: %(title)s", title=about(item))
    return Card(
        title=highlight.mark(title, terms),
        url=address(item),
        highlight=highlight.snippets(text.body, terms),
        status=next(iter(values.get("status", [])), ""),
        place=next((labels.of("region", code) for code in values.get("region", [])), ""),
        nomination=next((labels.of("nomination", number) for number in values.get("nomination", [])), ""),
        votes=text.score,
        comments=getattr(item.subject, "comments_count", 0),
        published_at=text.published_at,
        facets=values,
    )


def about(item: Item) -> str:
    """What a comment is about."""
    root = getattr(item.subject, "root", None)
    return root.headline if root else ""


def address(item: Item) -> str:
    """Where the entry stands: the page of its kind, or a place on the page of what it is about."""
    entry = item.subject
    if isinstance(entry, Person):
        return url_for("practices.person", handle=entry.handle)
    endpoint = f"{entry.kind}s.show"
    if endpoint in current_app.view_functions:
        return url_for(endpoint, id=entry.id, slug=getattr(entry, "slug", None))
    root = entry.root or entry
    return url_for(f"{root.kind}s.show", id=root.id, slug=getattr(root, "slug", None), _anchor=f"{entry.kind}-{entry.id}")
