"""Rows of lists as templates want them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from forum.adoptions import labels
from forum.adoptions.models import Stage
from forum.adoptions.totals import cost_per_resident
from forum.core.text import excerpt, plain
from forum.practices.reference import Reference
from forum.web import language
from forum.web.language import named

# Which words a list quotes; on the way there they are the last ones.
SAID = {Stage.REFUSED: "refusal", Stage.RESULT: "outcome"}


@dataclass(slots=True)
class Line:
    """What a list shows of an adoption; cost in roubles per resident."""

    url: str
    town: str
    region: str
    title: str
    practice_url: str
    stage: str
    confirmed: bool
    said: str
    opened: date
    closed: date | None
    cost_per_resident: float | None
    obstacle: str
    words: str
    listed_at: datetime


def lines(rows: Iterable[Any], reference: Reference | None = None) -> list[Line]:
    """Rows of `lists` in the language of the page; regions are named where the reference is given."""
    lang = language.select()
    return [_line(row, reference, lang) for row in rows]


def _line(row: Any, reference: Reference | None, lang: str) -> Line:
    region = reference.regions.get(row.region) if reference is not None else None
    confirmed = row.confirmed_at is not None
    html = json.loads(getattr(row, "html", None) or "{}").get(SAID.get(row.stage, "note"), "")
    title = getattr(row, "title", "")
    return Line(
        url=url_for("adoptions.show", id=row.id),
        town=named(row, "place", lang),
        region=named(region, lang=lang) if region is not None else "",
        title=title,
        practice_url=url_for("practices.show", id=row.practice_id, slug=row.slug) if title else "",
        stage="confirmed" if confirmed else row.stage,
        confirmed=confirmed,
        said=labels.stage(row.stage, confirmed, row.questioned_at is not None),
        opened=row.opened_on,
        closed=row.closed_on,
        cost_per_resident=cost_per_resident(row),
        obstacle=named(row, "obstacle", lang) if row.stage == Stage.REFUSED and row.obstacle else "",
        words=excerpt(plain(html), 240) if html else "",
        listed_at=row.listed_at,
    )
