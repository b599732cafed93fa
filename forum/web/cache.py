"""Guests' pages, kept while nothing they could show has changed; and 304 for who has the page already."""

import hashlib
from pathlib import Path

from flask import Flask, Response, current_app, g, request

from forum.web import compression, display, language, town
from forum.web.access import access_of
from forum.web.kept import Kept, pages_version

KEPT_BYTES = 8 * 1024 * 1024  # packed: a thousand pages and more
Page = tuple[bytes, str]  # packed, and its type


def build_of(root: Path) -> str:
    """A fingerprint of the code and the templates: a new release makes all old pages stale."""
    digest = hashlib.sha256()
    for folder, kinds in (("templates", "*.html"), ("templates", "*.xml"), ("forum", "*.py"), ("forum/translations", "*.mo")):
        for path in sorted((root / folder).rglob(kinds)):
            stat = path.stat()
            digest.update(f"{path.name}{stat.st_mtime_ns}{stat.st_size}".encode())
    return digest.hexdigest()[:12]


def init_app(app: Flask) -> None:
    pages: Kept[Page] = Kept(KEPT_BYTES if app.config["PAGE_CACHE"] != "off" else 0)
    app.extensions["pages"] = pages
    app.extensions["build"] = build_of(Path(app.root_path).parent) + app.extensions["assets"].fingerprint
    app.before_request(_from_store)
    # After-request functions run last-registered first: this one must see the page before it is compressed, and does it itself.
    app.after_request(_to_store)


def _cacheable() -> bool:
    if request.endpoint is None or request.method not in ("GET", "HEAD") or not g.actor.is_guest:
        return False
    if current_app.config["SESSION_COOKIE_NAME"] in request.cookies or "Authorization" in request.headers:
        return False
    rule = access_of(current_app.view_functions[request.endpoint])
    return rule is not None and rule.cache


def _from_store() -> Response | None:
    if not _cacheable():
        return None
    reader = f"{language.select()} {display.select().cookie()}"
    seen = f"{current_app.extensions['build']} {pages_version()} {reader} {request.host} {request.full_path}"
    g.page_tag = tag = hashlib.sha256(seen.encode("utf-8", "surrogateescape")).hexdigest()[:24]
    # A page shows nothing of the reader's town, or is kept for each town apart: never both, so either name will do.
    for own in (tag, tag + town.mark()):
        if request.if_none_match.contains_weak(own):
            return _labelled(Response(status=304), own)
        page = current_app.extensions["pages"].get(own)
        if page is not None:
            g.page_hit = True
            return _labelled(_of(*page), own)
    return None


def _to_store(response: Response) -> Response:
    tag = g.get("page_tag")
    if tag is None or g.get("page_hit") or response.status_code != 200 or "Set-Cookie" in response.headers:
        return response
    if g.get("page_of_town"):
        tag += town.mark()
    packed = compression.pack(response.get_data())
    current_app.extensions["pages"].put(tag, (packed, response.content_type), len(packed))
    if compression.takes_packed():
        response.set_data(packed)
        compression.label(response, packed=True)
    return _labelled(response, tag)


def _of(packed: bytes, kind: str) -> Response:
    taken = compression.takes_packed()
    return compression.label(Response(packed if taken else compression.unpack(packed), content_type=kind), taken)


def _labelled(response: Response, tag: str) -> Response:
    response.set_etag(tag, weak=True)
    response.headers["Cache-Control"] = "public, no-cache"
    return response
