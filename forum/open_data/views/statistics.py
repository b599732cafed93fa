"""The statistics page."""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request

from forum.core.clock import now
from forum.extensions import db
from forum.open_data import statistics as sums
from forum.open_data.statistics import Sums
from forum.open_data.views.blueprint import bp
from forum.practices.reference import Reference, reference
from forum.practices.views import labels
from forum.practices.views.listing import ask
from forum.web.access import access, everyone
from forum.web.templating import month

SHOWN_REGIONS = 10
NOTHING: Sums = dict.fromkeys(("practices", "opened", "confirmed", "refused", "towns"), 0)


@dataclass(frozen=True, slots=True)
class Line:
    """A region or a nomination with its sums."""

    key: str
    name: str
    sums: Sums


@bp.get("/statistics")
@access(everyone, cache=True)
def statistics() -> str:
    """Practices, adoptions and towns over time; of all, or of one region or nomination. `by=year`: all years."""
    known: Reference = ask(reference)
    region, nomination, by_year = _chosen(known)
    found = sums.totals(db.session())
    lines = sums.periods(sums.monthly(db.session(), region, int(nomination or 0)), now().date(), by_year)
    regions, nominations = _lines(labels.regions(known), found.regions), _lines(labels.nominations(known), _by_text(found.nominations))
    own = {"region": found.regions.get(region), "nomination": found.nominations.get(int(nomination or 0))}
    here = own["region"] if region else own["nomination"] if nomination else found.all
    return render_template(
        "open_data/statistics.html",
        **{"region": region, "nomination": nomination, "by_year": by_year, "periods": lines, "told": told(by_year)},
        name=labels.regions(known)[region] if region else labels.nominations(known)[nomination] if nomination else "",
        regions=regions,
        nominations=nominations,
        choices=labels.regions(known),
        here=here or NOTHING,
        shown=SHOWN_REGIONS,
    )


def _chosen(known: Reference) -> tuple[str, str, bool]:
    """What the address narrows to: a region, else a nomination; and whether by years."""
    region, nomination = request.args.get("region", ""), request.args.get("nomination", "")
    region = region if region in known.regions else ""
    nomination = nomination if nomination in known.nominations and not region else ""
    return region, nomination, request.args.get("by") == "year"


def _by_text(nominations: Any) -> dict[str, Sums]:
    return {str(nomination): values for nomination, values in nominations.items()}


def _lines(names: dict[str, str], found: Any) -> list[Line]:
    """Those that have something, the most practices first."""
    lines = [Line(key, name, found[key]) for key, name in names.items() if key in found]
    return sorted(lines, key=lambda line: (-line.sums["practices"], -line.sums["opened"], line.name))


def told(by_year: bool) -> Any:
    """What a period is called."""
    return (lambda key: key) if by_year else month
