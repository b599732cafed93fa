"""Practices that may answer a request, as cards."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app

from forum.extensions import db
from forum.places.models import Municipality
from forum.practices.views.cards import Card, card
from forum.solution_requests import matching
from forum.web import language
from forum.web.language import named


@dataclass(frozen=True, slots=True)
class Fitting:
    """What fits, the best first; and cards of whatever else was asked for, by number."""

    items: Sequence[Card]
    others: Mapping[int, Card]


def fitting(title: str, problem: str, town: Municipality | None, others: Iterable[int | None] = (), search: bool = True) -> Fitting:
    """Cards of published practices that fit a problem, without those of `others`, which are asked for along with them: one query."""
    known = {id for id in others if id is not None}
    fit = matching.scores(current_app.extensions["search"], title, problem) if search else {}
    found = matching.cards(db.session(), [*fit, *known])
    rows = matching.in_order(found, {id: score for id, score in fit.items() if id not in known}, town)
    drawn = cards([*rows, *(found[id] for id in known if id in found)])
    return Fitting([drawn[row.card.id] for row in rows], {id: drawn[id] for id in known if id in drawn})


def cards(rows: Iterable[Any]) -> Mapping[int, Card]:
    """Rows of `matching.cards` as cards in the language of the page, by number."""
    lang = language.select()
    return {row.card.id: card(row.card, named(row, "name", lang) or "", lang) for row in rows}
