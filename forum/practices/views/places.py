"""The pages of a region and of a municipality: what was done there, and by whom."""

from typing import Any

from flask import abort, get_template_attribute, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import joinedload

from forum.extensions import db
from forum.places import queries as places
from forum.places import reader
from forum.places.models import Municipality
from forum.places.wording import in_common
from forum.practices import colleagues, lists, sums
from forum.practices.counts import alike, municipalities
from forum.practices.reference import Reference, reference
from forum.practices.sums import Sums
from forum.practices.views import labels
from forum.practices.views.blueprint import ID, bp
from forum.practices.views.changes import sources
from forum.practices.views.listing import Listing, ask, elsewhere
from forum.web import language
from forum.web.access import access, everyone
from forum.web.kept import pages_version, part
from forum.web.language import named
from forum.web.lookup import find_or_404
from forum.web.paging import paginate
from forum.web.templating import roubles_short

AUTHORS, PAGE, ALIKE, INHERITED = 24, 50, 10, 20


def _tab() -> str:
    return "people" if request.args.get("tab") == "people" else "practices"


def _head(found: Sums, **address: Any) -> dict[str, Any]:
    """What the head of either page shows beside names: sums, and the tabs."""
    tab, here = _tab(), url_for(request.endpoint or "", **address)
    tabs = [
        {"text": _("Практики"), "url": here, "active": tab == "practices", "count": found.practices},
        *elsewhere((request.endpoint or "").rpartition(".")[2], **address),
        {"text": _("Люди"), "url": f"{here}?tab=people", "active": tab == "people"},
    ]
    money = [
        {"label": label, "percent": round(found.costs[source] / found.total * 100, 2), "text": roubles_short(found.costs[source])}
        for source, label in sources().items()
        if found.total
    ]
    return {"sums": found, "money": money, "tab": tab, "tabs": tabs, "here": here, "districts": labels.districts()}


def _inherited(place: Municipality) -> list[dict[str, Any]]:
    """The newest practices of the municipalities that became this one; no query where there are none."""
    former = {one.id: one for one in place.forerunners}
    rows = db.session.execute(lists.of_places(list(former), INHERITED)).all() if former else []
    return [{"title": row.title, "url": url_for(".show", id=row.id, slug=row.slug), "place": former[row.municipality_id]} for row in rows]


def _where(code: str) -> Markup:
    """The map in little, with one region marked."""
    known: Reference = ask(reference)
    draw = get_template_attribute("components/tilemap.html", "minimap")
    key = ("minimap", code, pages_version(), language.select())
    return part(key, lambda: draw(known.regions.values(), known.regions[code], named(known.regions[code])))


def _alike(place: Municipality) -> Markup:
    """Municipalities like this one, with practices."""
    key = ("alike", place.id, pages_version(), language.select())

    def draw() -> str:
        town = reader.as_town(place)
        rows = db.session.execute(alike(town.id, town.tiers, ALIKE)).all() if town else []
        found = [(row, in_common(town.own, town.known[row.profile])) for row in rows] if town else []
        return render_template("practices/_alike.html", found=found)

    return part(key, draw)


@bp.get("/regions/<code>")
@access(everyone, cache=True)
def region(code: str) -> str:
    """One region: its practices and the municipalities they come from; under `tab=people` who wrote the latest."""
    known: Reference = ask(reference)
    if code not in known.regions:
        abort(404)
    session = db.session()
    head = _head(sums.of_region(session, code), code=code)
    if head["tab"] == "people":
        shown: dict[str, Any] = {"people": session.execute(colleagues.of_region(code, AUTHORS)).all(), "page": None}
    else:
        shown = {"municipalities": session.execute(municipalities(code)).all(), "listing": Listing(region=(code,))}
    return render_template("practices/region.html", region=known.regions[code], where=_where(code), **head, **shown)


@bp.get(f"/municipalities/<{ID}:id>")
@access(everyone, cache=True)
def municipality(id: int) -> str:
    """One municipality: its practices; under `tab=people` who of its employees has written something."""
    place = find_or_404(places.by_id(id).options(joinedload(Municipality.successor), joinedload(Municipality.forerunners)))
    session = db.session()
    head = _head(sums.of_municipality(session, id), id=id)
    if head["tab"] == "people":
        page = paginate(session, colleagues.of_municipality(id), colleagues.ORDER, request.args.get("page"), PAGE, ascending=True)
        shown: dict[str, Any] = {"people": page.items, "page": page}
    else:
        listing = Listing(municipality=place.id)
        # Who narrows the list looks for something else.
        whole = not listing.chosen
        shown = {"listing": listing, "alike": _alike(place) if whole else Markup(), "inherited": _inherited(place) if whole else []}
    around = {"where": _where(place.region_code), "place_types": labels.place_types()}
    return render_template("practices/municipality.html", place=place, **around, **head, **shown)
