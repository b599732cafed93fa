"""Who has adopted a practice, with totals; what a region, a town, a person has adopted."""

from typing import Any

from flask import abort, g, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import Select

from forum.accounts import queries as accounts
from forum.adoptions import lists, queries, totals
from forum.adoptions.views.blueprint import ID, bp
from forum.adoptions.views.drawing import lines
from forum.extensions import db
from forum.places import queries as places
from forum.practices.family import family_of
from forum.practices.models import Practice
from forum.practices.reference import Reference, reference
from forum.practices.views.listing import ask
from forum.practices.views.people import may_see
from forum.practices.views.regions import Tile, tiles
from forum.web import language
from forum.web.access import access, everyone
from forum.web.language import named
from forum.web.lookup import find_or_404
from forum.web.paging import paginate

# Under which tab stands what.
SHOWN: dict[str, Any] = {
    "done": lists.A.confirmed_at.is_not(None),
    "going": lists.A.confirmed_at.is_(None) & (lists.A.stage != "refused"),
    "refused": lists.A.stage == "refused",
}


def _page(query: Select[Any], known: Reference) -> dict[str, Any]:
    page = paginate(db.session(), query, lists.ORDER, request.args.get("page"), lists.PAGE_SIZE)
    return {"page": page, "lines": lines(page.items, known)}


@bp.get(f"/practices/<{ID}:id>/adoptions")
@access(everyone, cache=True)
def of_practice(id: int) -> str:
    """All adoptions of a practice: where, how it went, what it cost, why some refused; and the practice's family."""
    practice: Practice = find_or_404(queries.practice(id, g.actor))
    known: Reference = ask(reference)
    found = totals.total(db.session.execute(lists.summed(id)).all(), practice.indicators)
    shown = request.args.get("show", "")
    query = lists.of_practice(id).where(SHOWN[shown]) if shown in SHOWN else lists.of_practice(id)
    around = {"tabs": _tabs(practice, found, shown if shown in SHOWN else ""), "tiles": _map(found)}
    return render_template(
        "adoptions/of_practice.html",
        practice=practice,
        show=shown if shown in SHOWN else "",
        entry=practice,
        totals=found,
        family=family_of(db.session(), id),
        names=names_of(practice.municipality),
        **around,
        **_page(query, known),
    )


def names_of(town: Any) -> str:
    """A town with its region, in the language of the page."""
    lang = language.select()
    return f"{named(town, lang=lang)}, {named(town.region, lang=lang)}" if town is not None else ""


def _tabs(practice: Practice, found: totals.Totals, shown: str) -> list[dict[str, Any]]:
    texts = {
        "": (_("Все"), found.number),
        "done": (_("Внедрили"), found.confirmed),
        "going": (_("Внедряют"), found.under_way),
        "refused": (_("Отказались"), found.refused),
    }
    return [
        {"text": text, "url": url_for(".of_practice", id=practice.id, show=name or None), "active": name == shown, "count": count}
        for name, (text, count) in texts.items()
        if count or not name
    ]


def _map(found: totals.Totals) -> tuple[Tile, ...]:
    """The regions by how many towns of each have taken the practice up, for the map and the list beside it; none where all are of one."""
    return tiles(found.regions, "adoptions.of_region") if len(found.regions) > 1 else ()


@bp.get("/regions/<code>/adoptions")
@access(everyone, cache=True)
def of_region(code: str) -> str:
    """What the towns of a region have adopted."""
    known: Reference = ask(reference)
    if code not in known.regions:
        abort(404)
    name = named(known.regions[code])
    way = [(_("Регионы"), url_for("practices.regions")), (name, url_for("practices.region", code=code))]
    shown = _page(lists.of_region(code), known)
    return render_template("adoptions/of_place.html", name=name, way=way, here="region", narrowed=f"region={code}", **shown)


@bp.get(f"/municipalities/<{ID}:id>/adoptions")
@access(everyone, cache=True)
def of_municipality(id: int) -> str:
    """What a town has adopted."""
    place = find_or_404(places.by_id(id))
    name, region = named(place), named(place.region)
    way = [(region, url_for("practices.region", code=place.region_code)), (name, url_for("practices.municipality", id=id))]
    shown = _page(lists.of_municipality(id), ask(reference))
    return render_template("adoptions/of_place.html", name=name, way=way, here="town", narrowed=f"municipality={id}", **shown)


@bp.get("/people/<handle>/adoptions")
@access(everyone, cache=True)
def of_person(handle: str) -> str:
    """What a person keeps the records of."""
    someone = find_or_404(accounts.by_handle(handle))
    if not may_see(g.actor, someone):
        abort(404)
    way = [(someone.name, url_for("practices.person", handle=handle))]
    return render_template("adoptions/of_place.html", name=someone.name, way=way, **_page(lists.of_person(someone.id), ask(reference)))
