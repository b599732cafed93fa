"""Feeds for readers, maps and rules for robots, and where to report a hole."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Response, abort, current_app, render_template

from forum.core.clock import now
from forum.extensions import db
from forum.places import queries as places
from forum.practices import feeds
from forum.practices.reference import Reference, reference
from forum.practices.views import labels
from forum.practices.views.blueprint import ID, bp
from forum.practices.views.listing import ask
from forum.web.access import access, everyone
from forum.web.canonical import outside
from forum.web.language import named
from forum.web.lookup import find_or_404

# Characters that XML cannot hold, however they are written.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)  # of a feed that has nothing yet
EXPIRES = timedelta(days=180)


def _xml(template: str, mimetype: str, **values: Any) -> Response:
    text = NOT_XML.sub("", render_template(template, **values))
    return Response(text, content_type=f"{mimetype}; charset=utf-8")


def atom(rows: Sequence[Any], title: str, address: str, page: str) -> Response:
    """A feed of rows of `feeds.rows`; `title` follows the name of the site, `page` shows the same to people."""
    known: Reference = ask(reference)
    return _xml(
        "feeds/atom.xml",
        "application/atom+xml",
        title=title,
        address=address,
        page=page,
        entries=rows,
        updated=max((entry.edited_at or entry.listed_at for entry in rows), default=EPOCH),
        regions=labels.regions(known),
        statuses=labels.statuses(),
    )


@bp.get("/feed.atom")
@access(everyone, cache=True)
def feed() -> Response:
    """The newest practices."""
    return atom(db.session.execute(feeds.newest()).all(), "", outside(".feed"), outside(".index"))


@bp.get("/regions/<code>/feed.atom")
@access(everyone, cache=True)
def region_feed(code: str) -> Response:
    """The newest practices of a region."""
    known: Reference = ask(reference)
    if code not in known.regions:
        abort(404)
    rows = db.session.execute(feeds.newest(region=code)).all()
    return atom(rows, named(known.regions[code]), outside(".region_feed", code=code), outside(".region", code=code))


@bp.get(f"/municipalities/<{ID}:id>/feed.atom")
@access(everyone, cache=True)
def municipality_feed(id: int) -> Response:
    """The newest practices of a municipality."""
    place = find_or_404(places.by_id(id))
    rows = db.session.execute(feeds.newest(municipality=id)).all()
    return atom(rows, named(place), outside(".municipality_feed", id=id), outside(".municipality", id=id))


@bp.get("/sitemap.xml")
@access(everyone, cache=True)
def sitemap() -> Response:
    """All pages worth finding; beyond the size of one part, where the parts are."""
    parts: list[int] = [number for (number,) in db.session.execute(feeds.parts())]
    if len(parts) > 1:
        return _xml("feeds/sitemap_index.xml", "application/xml", parts=parts)
    return _sitemap(parts[0] if parts else 0, with_pages=True)


@bp.get(f"/sitemap-<{ID}:part>.xml")
@access(everyone, cache=True)
def sitemap_part(part: int) -> Response:
    """One part of the practices."""
    return _sitemap(part, with_pages=False)


@bp.get("/sitemap-pages.xml")
@access(everyone, cache=True)
def sitemap_pages() -> Response:
    """The pages that are not practices."""
    return _sitemap(None, with_pages=True)


def _sitemap(part: int | None, with_pages: bool) -> Response:
    pages = list(_pages()) if with_pages else []
    practices = [] if part is None else db.session.execute(feeds.part(part)).all()
    if not pages and not practices:
        abort(404)
    return _xml("feeds/sitemap.xml", "application/xml", pages=pages, practices=practices)


def _pages() -> Iterator[str]:
    """Everything but practices: the ways in, regions, municipalities and themes that have practices, the pages of other features."""
    known: Reference = ask(reference)
    yield from (outside(f".{name}") for name in ("home", "index", "regions", "about", "costs"))
    yield from (outside(".region", code=code) for code in known.regions)
    yield from (outside(".municipality", id=id) for id in db.session.scalars(feeds.places()))
    yield from (outside(".tag", slug=slug) for slug in db.session.scalars(feeds.themes()))
    for pages_of_a_feature in current_app.extensions["sitemap"]:
        yield from pages_of_a_feature()


@bp.get("/robots.txt")
@access(everyone)
def robots() -> Response:
    """Where robots need not go: pages of one person, and the endless combinations of filters."""
    own = ("account", "admin", "api/", "bookmarks", "compare", "display", "drafts", "notifications")
    pages = (*own, "login?", "register?", "practices/*/passport", "search?*&", "*?*sort=", "*?*page=")
    files = [f"{list_}.{kind}" for list_ in ("practices", "adoptions", "requests", "search") for kind in ("csv", "xlsx", "json")]
    rules = "".join(f"Disallow: /{page}\n" for page in (*pages, *files))
    return Response(f"User-agent: *\n{rules}\nSitemap: {outside('.sitemap')}\n", mimetype="text/plain")


@bp.get("/.well-known/security.txt")
@access(everyone)
def security() -> Response:
    """Whom to tell of a weakness (RFC 9116)."""
    expires = (now() + EXPIRES).strftime("%Y-%m-%dT00:00:00Z")
    lines = {
        "Contact": current_app.config["CONTACT"],
        "Expires": expires,
        "Preferred-Languages": ", ".join(current_app.config["LANGUAGES"]),
        "Canonical": outside(".security"),
    }
    return Response("".join(f"{name}: {value}\n" for name, value in lines.items()), mimetype="text/plain")
