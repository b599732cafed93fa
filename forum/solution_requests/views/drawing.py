"""Rows of lists as templates want them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from forum.core.text import excerpt, plain
from forum.practices.reference import Reference
from forum.solution_requests import labels
from forum.web import language
from forum.web.language import named

EXCERPT = 240


@dataclass(slots=True)
class Line:
    """What a list shows of a request; money in whole roubles."""

    id: int
    url: str
    title: str
    place: str
    region: str
    population: int | None
    outcome: str
    said: str
    until: date
    most_cost: int | None
    needed_by: date | None
    offers: int
    wanted: int
    words: str
    listed_at: datetime


def lines(rows: Iterable[Any], reference: Reference) -> list[Line]:
    """Rows of `lists` in the language of the page."""
    lang = language.select()
    return [_line(row, reference, lang) for row in rows]


def _line(row: Any, reference: Reference, lang: str) -> Line:
    region = reference.regions.get(row.region)
    return Line(
        id=row.id,
        url=url_for("requests.show", id=row.id, slug=row.slug),
        title=row.title,
        place=named(row, "place", lang),
        region=named(region, lang=lang) if region is not None else "",
        population=row.population,
        outcome=row.outcome,
        said=labels.outcome(row.outcome, row.offers_count),
        until=row.until,
        most_cost=row.most_cost,
        needed_by=row.needed_by,
        offers=row.offers_count,
        wanted=row.list_wanted or 0,
        words=excerpt(plain(json.loads(row.html or "{}").get("problem", "")), EXCERPT),
        listed_at=row.listed_at,
    )
