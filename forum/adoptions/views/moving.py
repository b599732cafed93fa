"""The lines of the feed that tell of steps in other towns."""

from collections.abc import Sequence
from typing import Any

from flask import render_template
from markupsafe import Markup

from forum.adoptions import labels, moving
from forum.adoptions.models import What
from forum.core.text import excerpt, plain
from forum.extensions import db
from forum.notifications.wording import within_quotes
from forum.practices.views.following import DRAWERS
from forum.web import language
from forum.web.language import named


def drawn(ids: Sequence[int]) -> dict[int, Markup]:
    """Lines of steps, by their ids; one question, none where there are no steps."""
    if not ids:
        return {}
    lang = language.select()
    return {row.id: _line(row, lang) for row in db.session.execute(moving.steps_by_id(ids))}


def _line(row: Any, lang: str) -> Markup:
    said = str(labels.HEADINGS[row.stage]) % {"town": named(row, "place", lang), "title": within_quotes(row.title)}
    confirmed = row.what == What.CONFIRMED
    line = render_template(
        "adoptions/_step.html",
        step=row,
        heading=said,
        stage_code="confirmed" if confirmed else row.stage,
        stage_words=labels.stage("result", confirmed=True) if confirmed else str(labels.STAGES[row.stage]),
        words=excerpt(plain(row.html), 200) if row.html else "",
    )
    return Markup(line)


DRAWERS[moving.STEP] = drawn
