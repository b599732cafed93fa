"""Rows of lists as the card component wants them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, get_template_attribute, url_for
from markupsafe import Markup

from forum.core.text import excerpt
from forum.places.towns import Town
from forum.places.wording import shared
from forum.practices import lists
from forum.practices.models import Practice
from forum.practices.reference import Reference
from forum.web import language
from forum.web.kept import part
from forum.web.language import named

COSTS = tuple(f"cost_{source}" for source in Practice.COSTS)
# The form takes 600 characters; an import may bring more.
SUMMARY = 600


@dataclass(slots=True)
class Card:
    """What templates/components/card.html shows of a practice; costs in whole roubles."""

    title: str
    url: str
    status: str
    place: str
    population: int | None
    summary: str
    cost_per_resident: float | None
    votes: int | None
    comments: int
    published_at: datetime
    nomination: str = ""
    state_note: str = ""
    highlight: str = ""
    change: str = ""
    adoptions: int = 0
    stale: bool = False
    why: str = ""
    id: int | None = None
    open_adoptions: int = 0
    near: str = ""


def card(row: Any, region: str, lang: str, why: str = "", near: str = "") -> Card:
    """A row of `lists.rows` as a card; `region` is the name of its region, `near` what its town and the reader's have in common."""
    place = ", ".join(filter(None, [row.place and named(row, "place", lang), region]))
    known = [cost for cost in (getattr(row, name) for name in COSTS) if cost is not None]
    return Card(
        title=row.title,
        url=url_for("practices.show", id=row.id, slug=row.slug),
        status=row.status,
        place=place,
        population=row.population,
        summary=row.summary if len(row.summary) <= SUMMARY else excerpt(row.summary, SUMMARY),
        cost_per_resident=sum(known) / row.population if known and row.population else None,
        votes=row.list_score or None,
        comments=row.list_comments,
        adoptions=row.list_adoptions or 0,
        open_adoptions=row.open_adoptions,
        published_at=lists.appeared(row),
        stale=row.stale,
        why=why,
        id=row.id,
        near=near,
    )


def cards(
    rows: Iterable[Any], reference: Reference, level: int, whys: Mapping[int, str] | None = None, town: Town | None = None
) -> list[Markup]:
    """Cards as list items in the language of the page, with headings of that level.

    `whys` says by id why the reader is shown them; with `town` each says what it has in common with that.
    """
    lang, zone = language.select(), current_app.config["TIMEZONE"]
    names = {code: named(region, lang=lang) for code, region in reference.regions.items()}
    draw = get_template_attribute("components/card.html", "card")

    def drawn(row: Any, region: str, why: str) -> Markup:
        near = shared(town, row.profile, row.place_id) if town else ""
        return part(("card", row, region, level, lang, zone, why, near), lambda: draw(card(row, region, lang, why, near), level))

    return [drawn(row, names.get(row.region, ""), (whys or {}).get(row.id, "")) for row in rows]
