"""The dashboard: how moderation keeps up, as pictures with tables beside them."""

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, g, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from forum.core.clock import now
from forum.extensions import db
from forum.moderation import dashboard
from forum.moderation.dashboard import Group
from forum.moderation.forms import REASONS
from forum.moderation.views.blueprint import bp
from forum.places.queries import regions
from forum.web.access import access, moderators
from forum.web.language import named
from forum.web.templating import NBSP, number

PERIODS = (4, 12, 26)
SHOWN = 12
KINDS = {"practice": _l("Практики"), "comment": _l("Комментарии"), "adoption": _l("Внедрения"), dashboard.PERSON: _l("Люди")}
CAUSES = {**{key.value: words for key, words in REASONS.items()}, dashboard.FIRST_POST: _l("Первая публикация")}
CAUSES |= {dashboard.APPEAL: _l("Обжалование")}


@bp.get("/moderation/dashboard")
@access(moderators)
def overview() -> str:
    """What is open, the oldest, the median time to decision, by reason, kind, region and week; `weeks` is 4, 12 or 26."""
    asked = request.args.get("weeks", "")
    weeks = int(asked) if asked in map(str, PERIODS) else 12
    at = now()
    starts = _mondays(at, weeks)
    cases = dashboard.handled(db.session(), g.actor, starts[0])
    waiting = [case for case in cases if case.closed is None]
    oldest = min((case.opened for case in waiting), default=None)
    names = {region.code: named(region) for region in db.session.scalars(regions())}
    return render_template(
        "moderation/dashboard.html",
        weeks=weeks,
        periods=PERIODS,
        open=len(waiting),
        oldest=oldest,
        waits=at - oldest if oldest else None,
        decided=len(cases) - len(waiting),
        median=dashboard.typical(cases),
        by_week=dashboard.weekly(cases, starts),
        parts=_parts(cases, starts[0], names),
        span=span,
    )


def _parts(cases: list[dashboard.Handled], since: datetime, names: dict[str, str]) -> list[dict[str, Any]]:
    """Each picture: its heading, what its rows are, and the rows with their names."""
    by_reason = dashboard.grouped(cases, lambda case: case.reason, since)
    by_kind = dashboard.grouped(cases, lambda case: case.kind, since)
    by_region = dashboard.grouped(cases, lambda case: case.region, since)
    return [
        {"id": "reason", "title": _("По причинам"), "column": _("Причина"), "rows": _named(by_reason, CAUSES)},
        {"id": "kind", "title": _("По видам"), "column": _("Вид"), "rows": _named(by_kind, KINDS)},
        {"id": "region", "title": _("По регионам"), "column": _("Регион"), "rows": _named(by_region, names)},
    ]


def _named(groups: list[Group], names: dict[Any, Any]) -> list[tuple[str, Group]]:
    return [(str(names.get(group.key, group.key or _("Без региона"))), group) for group in groups]


def _mondays(at: datetime, weeks: int) -> list[datetime]:
    """The first moments of the last weeks, this one included, in the site's zone."""
    zone = ZoneInfo(current_app.config["TIMEZONE"])
    today = at.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    return [datetime.combine(monday - timedelta(weeks=back), time(), zone) for back in range(weeks - 1, -1, -1)]


def span(length: timedelta | None) -> str:
    """40 мин, 5 ч, 3 дн. – a length of time at a glance."""
    if length is None:
        return "–"
    minutes = length.total_seconds() / 60
    if minutes < 60:
        return NBSP.join((number(round(minutes)), _("мин")))
    if minutes < 48 * 60:
        return NBSP.join((number(minutes / 60, 1), _("ч")))
    return NBSP.join((number(minutes / 1440, 1), _("дн.")))
