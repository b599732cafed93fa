"""The map of the regions."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import get_template_attribute, render_template, url_for
from markupsafe import Markup

from forum.places.latin import ABBR
from forum.practices.counts import counts
from forum.practices.reference import reference
from forum.practices.views import labels
from forum.practices.views.blueprint import bp
from forum.practices.views.listing import ask
from forum.web import language
from forum.web.access import access, everyone
from forum.web.language import named


@dataclass(frozen=True, slots=True)
class Tile:
    """A region as the map component wants it."""

    name: str
    count: int
    url: str
    abbr: str
    x: int
    y: int
    district: str


def tiles(numbers: Mapping[str, int], endpoint: str = "practices.region") -> tuple[Tile, ...]:
    """The regions in the order of their names, with a number each; they lead to the endpoint's page of each."""
    known, lang = ask(reference), language.select()
    found = (
        Tile(
            named(r, lang=lang),
            numbers.get(r.code, 0),
            url_for(endpoint, code=r.code),
            ABBR.get(r.code, r.abbr) if lang == "en" else r.abbr,
            r.tile_x,
            r.tile_y,
            r.district,
        )
        for r in known.regions.values()
    )
    return tuple(found if lang == "ru" else sorted(found, key=lambda tile: tile.name))


@lru_cache(8)
def drawn(tiles: tuple[Tile, ...], lang: str, of: str = "practices") -> Markup:
    """The map, drawn anew only when a number on it changes; `of` says what is counted: practices or towns."""
    return Markup(get_template_attribute("components/tilemap.html", "tilemap")(tiles, of=of)) if tiles else Markup()


@bp.get("/regions")
@access(everyone, cache=True)
def regions() -> str:
    """All regions: a map, and lists by federal district."""
    found = tiles(ask(counts).regions)
    districts = [(name, [tile for tile in found if tile.district == key]) for key, name in labels.districts().items()]
    return render_template("practices/regions.html", map=drawn(found, language.select()), districts=[pair for pair in districts if pair[1]])
