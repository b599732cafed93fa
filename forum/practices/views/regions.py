"""The map of the regions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from flask import current_app, get_template_attribute, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from forum.places.latin import ABBR
from forum.practices.counts import counts
from forum.practices.reference import Reference, reference
from forum.practices.views import labels
from forum.practices.views.blueprint import bp
from forum.practices.views.listing import ask
from forum.web import language
from forum.web.access import access, everyone
from forum.web.language import named
from forum.web.templating import number

MILLION = 1_000_000
PER_MILLION = "-per-million"


@bp.record_once
def _remember(state: BlueprintSetupState) -> None:
    # What the map can show, by name: what it is called, and the question that gives a number for each region. Features above add theirs.
    state.app.extensions["region_numbers"] = {"practices": (_l("Практики"), lambda session: counts(session).regions)}


@dataclass(frozen=True, slots=True)
class Tile:
    """A region as the map component wants it; `told` is what the number means, where that is no plain count."""

    name: str
    count: float
    url: str
    abbr: str
    x: int
    y: int
    district: str
    told: str = ""


def tiles(numbers: Mapping[str, float], endpoint: str = "practices.region") -> tuple[Tile, ...]:
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


def per_million(numbers: Mapping[str, int], known: Reference) -> dict[str, float]:
    """How many to a million residents, to one decimal; regions whose population is not known are left out."""
    people = {code: region.population for code, region in known.regions.items() if region.population}
    return {code: round(numbers.get(code, 0) * MILLION / residents, 1) for code, residents in people.items()}


@bp.get("/regions")
@access(everyone, cache=True)
def regions() -> str:
    """All regions: a map, and lists by federal district; `show` says which number is told."""
    known: Reference = ask(reference)
    numbers: dict[str, Any] = current_app.extensions["region_numbers"]
    asked = request.args.get("show", "")
    name, by_people = asked.removesuffix(PER_MILLION), asked.endswith(PER_MILLION)
    name, by_people = (name, by_people) if name in numbers else ("practices", False)
    plain = ask(numbers[name][1])
    found = _per_million_tiles(plain, known) if by_people else _plain_tiles(plain, name)
    districts = [(title, [tile for tile in found if tile.district == key]) for key, title in labels.districts().items()]
    return render_template(
        "practices/regions.html",
        map=drawn(found, language.select()),
        districts=[pair for pair in districts if pair[1]],
        choices=_choices(numbers, name + (PER_MILLION if by_people else "")),
        tiles=found,
        **{"name": name, "title": numbers[name][0], "by_people": by_people},
    )


def _plain_tiles(numbers: Mapping[str, int], name: str) -> tuple[Tile, ...]:
    if name == "practices":
        return tiles(numbers)
    found = tiles(numbers, f"{name}.of_region" if f"{name}.of_region" in current_app.view_functions else "practices.region")
    return tuple(replace(tile, told=number(tile.count)) for tile in found)


def _per_million_tiles(numbers: Mapping[str, int], known: Reference) -> tuple[Tile, ...]:
    rates = per_million(numbers, known)
    missing = {named(region) for code, region in known.regions.items() if code not in rates}
    return tuple(replace(tile, told=_("нет данных") if tile.name in missing else number(tile.count, 1)) for tile in tiles(rates))


def _choices(numbers: Mapping[str, Any], shown: str) -> list[dict[str, Any]]:
    """Links between what the map can tell."""
    names = {name: str(title) for name, (title, _question) in numbers.items()}
    names |= {name + PER_MILLION: _("%(what)s на миллион жителей", what=title) for name, title in list(names.items())}
    return [
        {"text": text, "url": url_for(".regions", show=name if name != "practices" else None), "active": name == shown}
        for name, text in names.items()
    ]
