"""What the search box offers while something is typed."""

import json
from itertools import groupby
from typing import Any

from flask import Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from forum.extensions import db
from forum.search.completing import Offer, Sources, complete
from forum.search.name_sources import name_lists
from forum.search.query import clean
from forum.search.views.blueprint import bp
from forum.search.views.recent import recent_searches
from forum.web import language
from forum.web.access import access, everyone

TITLES = {"practices": _l("Практики"), "themes": _l("Темы"), "places": _l("Регионы и муниципалитеты"), "filters": _l("Уточнить")}
GROUPS = {"practice": "practices", "tag": "themes", "region": "places", "municipality": "places"}  # all others are filters

bp.record_once(lambda state: state.app.extensions.update(search_names=name_lists()))


def sources() -> Sources:
    """What completions of this request are made from."""
    kept = current_app.extensions
    return Sources(db.session(), kept["search"], kept["search_names"], language.select())


def address(offer: Offer) -> str:
    """The page of what is offered."""
    if offer.kind == "practice":
        return url_for("practices.show", id=int(offer.key), slug=offer.slug or None)
    if offer.kind == "tag":
        return url_for("practices.tag", slug=offer.slug)
    if offer.kind == "region":
        return url_for("practices.region", code=offer.key)
    return url_for("practices.municipality", id=int(offer.key))


def as_json(answer: Any, mimetype: str = "application/json") -> Response:
    """Letters as they are: escaped, Cyrillic takes three times the space on the line."""
    return Response(json.dumps(answer, ensure_ascii=False, separators=(",", ":")), content_type=f"{mimetype}; charset=utf-8")


@bp.get("/search/completions")
@access(everyone)
def completions() -> Response:
    """Groups of offers for the beginning of a question; for an empty box what the person asked before."""
    text = clean(request.args.get("q", ""))
    groups = _groups(complete(sources(), text)) if text else _recent()
    number = sum(len(group["items"]) for group in groups)
    told = ngettext("%(num)s подсказка", "%(num)s подсказок", number) if number else _("Подсказок нет")
    return as_json({"groups": groups, "told": told})


def _groups(offers: list[Offer]) -> list[dict[str, Any]]:
    return [
        {"name": name, "title": str(TITLES[name]), "items": [_item(offer) for offer in group]}
        for name, group in groupby(offers, key=lambda offer: GROUPS.get(offer.kind, "filters"))
    ]


def _item(offer: Offer) -> dict[str, str]:
    item = {"text": offer.text, "note": offer.note}
    return item | ({"query": offer.query} if offer.query else {"url": address(offer)})


def _recent() -> list[dict[str, Any]]:
    items = recent_searches()
    return [{"name": "recent", "title": _("Недавние запросы"), "items": items}] if items else []
