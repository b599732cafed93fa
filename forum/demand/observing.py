"""Listening to the results page: what was asked there and not found is counted once the page is done."""

import re

import structlog
from flask import current_app, g, request
from sqlalchemy.exc import SQLAlchemyError

from forum.accounts.throttle import address
from forum.core.clock import now
from forum.demand import counting, queries
from forum.demand.screening import Question, screen
from forum.extensions import db
from forum.search.found import Found
from forum.search.page import Wish
from forum.web.access import same_origin

ANSWERED = 0.5  # `Results.coverage` from which the best document is an answer
_AGENTS = re.compile("bot|crawl|spider", re.IGNORECASE)

log = structlog.get_logger()


def observe(wish: Wish, found: Found) -> None:
    """Keep an unmet question of a person for the end of the request."""
    if is_unmet(wish, found) and _asked_by_a_person():
        g.unmet_search = wish, found


def is_unmet(wish: Wish, found: Found) -> bool:
    """Whether a whole question, with nothing that narrows it, found nothing that answers it."""
    narrowed = any(wish.chosen.values()) or wish.near or wish.asked.fields or wish.asked.excluded
    whole = bool(wish.asked.words) and not narrowed and not wish.asked.cut and wish.page == 1 and wish.sort == "fit"
    return whole and (found.results.total == 0 or found.results.coverage < ANSWERED)


def may_be_listed(wish: Wish, found: Found) -> bool:
    """Whether the question, asked by enough people, will stand on the list: what is never counted, or was taken off, will not."""
    question = _screened(wish, found) if is_unmet(wish, found) else None
    return question is not None and db.session.scalar(queries.taken_off(question.key)) is None


def _screened(wish: Wish, found: Found) -> Question | None:
    results = found.results
    return screen(wish.asked.text, results.suggestion or wish.asked.text, results.total > 0)


def _asked_by_a_person() -> bool:
    """Typed or followed by somebody here: no robot, nothing fetched in advance or sent by another site."""
    headers = request.headers
    in_advance = "prefetch" in " ".join(headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz")).lower()
    as_page = headers.get("Sec-Fetch-Dest", "document") == "document"
    robot = _AGENTS.search(request.user_agent.string)
    return request.method == "GET" and as_page and same_origin() and not (in_advance or robot)


def count_afterwards(error: BaseException | None) -> None:
    """Count what was kept: after the page, when its connection is back in the pool, so that no thread ever holds two."""
    asked: tuple[Wish, Found] | None = g.pop("unmet_search", None)
    if asked is None or error is not None:
        return
    try:
        question = _screened(*asked)
        if question is not None:
            visitor = counting.Visitor(address(), request.user_agent.string)
            counting.count(db.engine, current_app.config["SECRET_KEY"], visitor, question, now().date())
    except SQLAlchemyError as problem:
        # A busy or read-only database: one question less in the list.
        log.warning("question_not_counted", error=str(problem)[:200])
    except Exception:
        # The page is on its way already: it must not break for this.
        log.exception("question_not_counted")
