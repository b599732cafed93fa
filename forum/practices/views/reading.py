"""What the page of a practice shows beside the stored words: figures, shares, files apart from photos."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from forum.attachments.labels import KINDS, LICENCES, MEANINGS
from forum.attachments.models import Attachment
from forum.core.clock import now
from forum.extensions import db
from forum.practices.models import Indicator, Practice
from forum.practices.views.changes import sources
from forum.practices.views.costs import costs_of_one
from forum.web.templating import change, number, residents, roubles, roubles_short

FigureRow = dict[str, Any]
DOCUMENT_WORDS = {"kinds": KINDS, "licences": LICENCES, "meanings": MEANINGS}


@dataclass(frozen=True, slots=True)
class Donor:
    """The practice that one was adapted from, where it may be named: one that was hidden or withdrawn is not."""

    id: int
    title: str
    slug: str


def donor_of(practice: Practice) -> Donor | None:
    """From a practice whose donor is loaded."""
    donor = practice.donor
    return Donor(donor.id, donor.title, donor.slug) if donor is not None and donor.is_published else None


def facts(practice: Practice, files: Sequence[Attachment], donor: Donor | None) -> dict[str, Any]:
    """The variables of the card's templates."""
    return {
        "practice": practice,
        "entry": practice,
        "figures": figures_of(practice),
        "money": money_of(practice),
        "costs_told": costs_of_one(db.session(), practice),
        "tag_links": [(tag.name, url_for("practices.tag", slug=tag.slug)) for tag in practice.tags],
        # A photo that nobody has described yet is not shown: some readers would miss it. What stands in the text is not shown twice.
        "photos": [file for file in files if file.is_photo and file.alt and f"/files/{file.id}/picture." not in practice.markup],
        "documents": [file for file in files if not file.is_photo],
        "document_words": DOCUMENT_WORDS,
        "today": now(),
        "donor": donor,
    }


def figures_of(practice: Practice) -> list[FigureRow]:
    """The few numbers to read at a glance; those not known are left out by the component."""
    place, shares = practice.municipality, practice.shares
    main = next((row for row in practice.indicators or () if row.change is not None), None)
    return [
        {
            "label": _("Стоимость"),
            "value": roubles_short(practice.total),
            "note": _("%(percent)s %% вне бюджета", percent=round(shares["extra"])) if shares.get("extra") else "",
        },
        {
            "label": _("На жителя"),
            "value": roubles(practice.per_resident),
            "note": residents(place.population) if place and place.population else "",
        },
        {
            "label": main.name if main else "",
            "value": change(main.change, main.unit) if main else "",
            "note": before_and_after(main) if main else "",
        },
        {"label": _("Благополучатели"), "value": number(practice.beneficiaries), "note": ""},
        {
            "label": _("Внедрили у себя"),
            "value": number(practice.list_adoptions) if practice.list_adoptions else "",
            "note": _("и внедряют ещё %(num)s", num=number(practice.open_adoptions)) if practice.open_adoptions else "",
        },
        {"label": _("Голоса"), "value": number(practice.score) if practice.score else "", "note": ""},
    ]


def before_and_after(row: Indicator) -> str:
    """410 → 197 тыс. кВт·ч"""
    return f"{number(row.before)} → {number(row.after)} {row.unit}".strip()


def money_of(practice: Practice) -> list[FigureRow]:
    """Roubles and shares by source, for the bar; empty where nothing is known."""
    shares = practice.shares
    costs = practice.costs
    return [
        {"label": label, "percent": round(shares[source], 2), "text": roubles_short(costs[source] or 0)}
        for source, label in sources().items()
        if shares
    ]
