"""The queue: everything that waits for a decision, shown in place."""

from dataclasses import asdict, replace
from typing import Any

from flask import g, render_template, request, url_for
from flask_babel import lazy_gettext as _l

from forum.core.clock import now
from forum.extensions import db
from forum.moderation import decisions, queries
from forum.moderation.forms import REASONS
from forum.moderation.models import ReportReason
from forum.moderation.queue import AGES, POSTS, REPORTED, WINDOW, Case, Filters, cases
from forum.moderation.sources import SOURCES, Waiting
from forum.moderation.views.blueprint import bp
from forum.places import queries as places
from forum.trust import holds
from forum.web.access import access, moderators
from forum.web.language import named

SIZE = 20
AGE_NAMES = {"day": _l("больше суток"), "3days": _l("больше трёх суток"), "week": _l("больше недели")}


def asked() -> Filters:
    """The filters of the address; what is not known is as if it were not there."""
    args = request.args
    kinds, reasons = (POSTS, REPORTED, *SOURCES), [reason.value for reason in ReportReason]
    known = {"kind": kinds, "age": list(AGES), "reason": reasons}
    values: dict[str, Any] = {name: args.get(name, "") if args.get(name) in allowed else "" for name, allowed in known.items()}
    region = args.get("region", "")
    return Filters(region=region if len(region) == 2 and region.isalnum() else "", mine=args.get("mine") == "1", **values)


def address(filters: Filters, page: int = 1) -> str:
    """The address of the queue so narrowed."""
    values: dict[str, Any] = {name: ("1" if value is True else value) for name, value in asdict(filters).items() if value}
    return url_for("moderation.queue", **values, page=page if page > 1 else None)


@bp.get("/moderation")
@access(moderators)
def queue() -> str:
    """First posts, reported entries and what else waits, the weightiest first."""
    filters, number = asked(), _number(request.args.get("page"))
    found = cases(db.session(), g.actor, filters, now())
    shown = found[(number - 1) * SIZE : number * SIZE]
    return render_template(
        "moderation/queue.html",
        shown=shown,
        total=len(found),
        full=len(found) >= WINDOW,
        filters=filters,
        here=address(filters, number),
        previous=address(filters, number - 1) if number > 1 else "",
        next=address(filters, number + 1) if len(found) > number * SIZE else "",
        kinds=_tabs(filters),
        narrowed=filters != Filters(),
        choices=_choices(filters),
        sources=SOURCES,
        **around(shown),
    )


def around(shown: list[Waiting]) -> dict[str, Any]:
    """What the page shows of its entries: themselves, reports, who has taken them, and what their forms send back."""
    session, ids = db.session(), [case.id for case in shown if isinstance(case, Case)]
    found = queries.shown(session, ids)
    return {
        "entries": {id: row.entry for id, row in found.items()},
        "reports": queries.open_reports(session, ids),
        "held": holds.of(session, ids),
        "taken": {id: row.claim for id, row in found.items()},
        "sights": {id: decisions.seen(row.entry, row.last) for id, row in found.items()},
    }


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 4 and int(text) else 1


def _tabs(filters: Filters) -> list[dict[str, Any]]:
    kinds = {"": _l("Всё"), POSTS: _l("Первые публикации"), REPORTED: _l("Жалобы"), **{key: one.label for key, one in SOURCES.items()}}
    return [{"text": text, "url": address(replace(filters, kind=kind)), "active": kind == filters.kind} for kind, text in kinds.items()]


def _choices(filters: Filters) -> dict[str, list[tuple[str, Any, bool]]]:
    """What can be chosen in each field: value, words, whether it is chosen."""
    regions = db.session.scalars(places.regions())
    within = {row.code: named(row) for row in regions if g.actor.regions is None or row.code in g.actor.regions}
    fields: dict[str, dict[str, Any]] = {
        "region": within,
        "age": AGE_NAMES,
        "reason": {reason.value: words for reason, words in REASONS.items()},
    }
    return {name: [(value, words, value == getattr(filters, name)) for value, words in field.items()] for name, field in fields.items()}
