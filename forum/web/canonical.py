"""The one address of a public page as the world reaches it, and what previews in messengers are told of it."""

from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, current_app, g, request, url_for

from forum.web.access import Level, access_of

# Filters that make a page of its own worth finding, one at a time; all else is the same page in another order.
NARROWING = ("nomination", "region", "tag", "status")


def outside(endpoint: str, **values: Any) -> str:
    """The address of a page: from the settings, never from what a request claims."""
    return absolute(url_for(endpoint, **values))


def absolute(path: str) -> str:
    """The same for a path of ours."""
    return str(current_app.config["PUBLIC_URL"]).rstrip("/") + path


def canonical() -> str:
    """The address of the present page where guests and robots may read it; else nothing."""
    if not g.actor.is_guest or request.endpoint is None:
        return ""
    rule = access_of(current_app.view_functions[request.endpoint])
    # What stands in the address of a page that is not kept may be somebody's secret.
    if rule is None or rule.level is not Level.EVERYONE or (request.view_args and not rule.cache):
        return ""
    chosen = [(name, value) for name in NARROWING for value in request.args.getlist(name)]
    query = f"?{urlencode(chosen, errors='replace')}" if len(chosen) == 1 else ""
    return absolute(quote(request.path, errors="replace") + query)


def init_app(app: Flask) -> None:
    # Features add what gives the addresses of their own pages worth finding.
    app.extensions["sitemap"] = []
    app.jinja_env.globals.update(canonical=canonical, outside=outside, absolute=absolute)
