"""The feed of what one follows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import g, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from forum.extensions import db
from forum.follows import queries as follows
from forum.practices import following, lists
from forum.practices.reference import reference
from forum.practices.views.blueprint import bp
from forum.practices.views.cards import cards
from forum.practices.views.listing import ask
from forum.web import language
from forum.web.access import access, members
from forum.web.language import named


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the feed: the card of a practice, or the last word of a discussion."""

    at: datetime
    card: Markup | None = None
    talk: Any = None


# By what an item is, how those of kinds above are drawn: lines of the list by their ids.
DRAWERS: dict[int, Callable[[Sequence[int]], Mapping[int, Markup]]] = {}


@bp.get("/following", endpoint="following")
@access(members)
def feed_of_follows() -> str:
    """New practices and discussions of what one follows, the latest first; who follows little is told what to begin with."""
    session = db.session()
    chosen = follows.chosen(session, g.actor.id)
    page = following.feed(session, g.actor.id, chosen, request.args.get("page"))
    starts = [] if any(chosen.values()) and page.items else _starts(chosen)
    return render_template("practices/following.html", page=page, items=_items(page.items, chosen), starts=starts)


def _items(rows: Any, chosen: dict[str, list[Any]]) -> list[Item]:
    session = db.session()
    practices = [row.id for row in rows if row.what == following.APPEARED]
    found = session.execute(lists.rows([lists.P.id.in_(practices)])).scalars().all() if practices else []
    ties = following.ties(session, chosen, practices) if practices else {}
    whys = {id: _why(kind, name) for id, (kind, name) in ties.items()}
    drawn = dict(zip((row.id for row in found), cards(found, ask(reference), level=2, whys=whys), strict=True))
    talks = [row.id for row in rows if row.what == following.TALK]
    said = following.last_words(session, talks) if talks else {}
    more = {what: draw([row.id for row in rows if row.what == what]) for what, draw in DRAWERS.items()}
    lines = {following.APPEARED: drawn, **more}
    items = (Item(row.at, lines.get(row.what, {}).get(row.id), said.get(row.id) if row.what == following.TALK else None) for row in rows)
    return [item for item in items if item.card or item.talk]


def _why(kind: str, name: Any) -> str:
    """Why a practice is in the feed, in words."""
    known = ask(reference)
    if kind == "person":
        return _("Вы следите за автором: %(name)s", name=name)
    if kind == "tag":
        return _("Вы следите за темой «%(name)s»", name=name)
    if kind == "municipality":
        return _("Вы следите за муниципалитетом: %(name)s", name=named(name, "place"))
    if kind == "region":
        return _("Вы следите за регионом: %(name)s", name=named(known.regions[name]))
    return _("Вы следите за номинацией «%(name)s»", name=named(known.nominations[str(name)], "short"))


def _starts(chosen: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """What the reader may well begin with: their own region, and the nominations; without what they follow already."""
    known, lang = ask(reference), language.select()
    region = known.regions.get(g.actor.region_code or "")
    starts = [{"kind": "region", "key": region.code, "text": named(region, lang=lang)}] if region is not None else []
    starts += [{"kind": "nomination", "key": key, "text": named(row, "short", lang)} for key, row in known.nominations.items()]
    taken = {("region", code) for code in chosen["region_code"]} | {("nomination", str(id)) for id in chosen["nomination_id"]}
    return [start for start in starts if (start["kind"], start["key"]) not in taken]


MINE = {
    "practice": _l("Обсуждение вашей практики"),
    "adoption": _l("Обсуждение вашего внедрения"),
    "request": _l("Обсуждение вашего запроса"),
}


@bp.app_template_global()
def talk_reason(kind: str, mine: bool) -> str:
    """Why a discussion is in the feed; those of adoptions come to all whom the practice or the town concerns."""
    if mine:
        return str(MINE.get(kind, MINE["practice"]))
    return _("Обсуждение внедрения") if kind == "adoption" else _("Вы следите за обсуждением")
