"""Regions and municipalities."""

from dataclasses import dataclass
from functools import lru_cache

from flask import abort, get_template_attribute, render_template, url_for
from markupsafe import Markup
from sqlalchemy.orm import joinedload

from forum.extensions import db
from forum.places import queries as places
from forum.places.latin import ABBR
from forum.places.models import Municipality
from forum.practices.counts import counts, municipalities
from forum.practices.reference import Reference, reference
from forum.practices.views import labels
from forum.practices.views.blueprint import ID, bp
from forum.practices.views.listing import Listing, ask
from forum.web import language
from forum.web.access import access, everyone
from forum.web.language import named
from forum.web.lookup import find_or_404


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


def tiles() -> tuple[Tile, ...]:
    """The regions in the order of their names."""
    known, numbers, lang = ask(reference), ask(counts).regions, language.select()
    found = (
        Tile(
            named(r, lang=lang),
            numbers.get(r.code, 0),
            url_for(".region", code=r.code),
            ABBR.get(r.code, r.abbr) if lang == "en" else r.abbr,
            r.tile_x,
            r.tile_y,
            r.district,
        )
        for r in known.regions.values()
    )
    return tuple(found if lang == "ru" else sorted(found, key=lambda tile: tile.name))


@lru_cache(8)
def drawn(tiles: tuple[Tile, ...], lang: str) -> Markup:
    """The map, drawn anew only when a number on it changes."""
    return Markup(get_template_attribute("components/tilemap.html", "tilemap")(tiles)) if tiles else Markup()


@bp.get("/regions")
@access(everyone, cache=True)
def regions() -> str:
    """All regions: a map, and lists by federal district."""
    found = tiles()
    districts = [(name, [tile for tile in found if tile.district == key]) for key, name in labels.districts().items()]
    return render_template("practices/regions.html", map=drawn(found, language.select()), districts=[pair for pair in districts if pair[1]])


@bp.get("/regions/<code>")
@access(everyone, cache=True)
def region(code: str) -> str:
    """One region: its practices and the municipalities they come from."""
    known: Reference = ask(reference)
    if code not in known.regions:
        abort(404)
    places_here = db.session.execute(municipalities(code)).all()
    return render_template("practices/region.html", region=known.regions[code], municipalities=places_here, listing=Listing(region=(code,)))


@bp.get(f"/municipalities/<{ID}:id>")
@access(everyone, cache=True)
def municipality(id: int) -> str:
    """One municipality and its practices."""
    place = find_or_404(places.by_id(id).options(joinedload(Municipality.successor)))
    return render_template("practices/municipality.html", place=place, listing=Listing(municipality=place.id))
