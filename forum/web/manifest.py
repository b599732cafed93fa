"""The site as an application that can be put on a home screen: name, signs, colours (W3C Web Application Manifest)."""

from flask import Blueprint, Response, current_app, json
from flask_babel import gettext as _

from forum.web import language
from forum.web.access import access, everyone
from forum.web.assets import asset

bp = Blueprint("app", __name__)
PAPER, ACCENT = "#fbfaf5", "#015182"


@bp.get("/site.webmanifest")
@access(everyone, cache=True)
def manifest() -> Response:
    """What a browser asks before it offers to install the site."""
    name = current_app.config["SITE_NAME"]
    icons = [
        {"src": asset("icons/192.png"), "sizes": "192x192", "type": "image/png", "purpose": "any"},
        {"src": asset("icons/512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any"},
        {"src": asset("icons/maskable.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        {"src": asset("icons/favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
    ]
    body = {
        "id": "/",
        "name": name,
        "short_name": name if len(name) <= 12 else _("Практики"),
        "description": _("Что муниципалитеты сделали со своими проблемами, сколько это стоило и что получилось."),
        "lang": language.select(),
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": ACCENT,
        "icons": icons,
        "shortcuts": [{"name": _("Поиск"), "url": "/search"}, {"name": _("Все практики"), "url": "/practices"}],
    }
    return Response(json.dumps(body), content_type="application/manifest+json; charset=utf-8")
