"""Search from the browser's own box: what it has to know, and suggestions in the form it understands (OpenSearch 1.1)."""

from flask import Response, current_app, render_template, request

from forum.search.completing import titles
from forum.search.query import clean, parse
from forum.search.views.blueprint import bp
from forum.search.views.completion import address, as_json, sources
from forum.web.access import access, everyone

SHORT_NAME, LONG_NAME = 16, 48  # characters that the specification allows


@bp.get("/opensearch.xml")
@access(everyone, cache=True)
def opensearch() -> Response:
    """The description that `<link rel="search">` leads to."""
    name = current_app.config["SITE_NAME"]
    text = render_template("search/opensearch.xml", short_name=cut(name, SHORT_NAME), long_name=cut(name, LONG_NAME), base=_base())
    return Response(text, content_type="application/opensearchdescription+xml; charset=utf-8")


@bp.get("/search/suggestions")
@access(everyone)
def suggestions() -> Response:
    """The text, titles that go on so, where each practice comes from, and their addresses."""
    text = clean(request.args.get("q", ""))
    found = titles(sources(), parse(text).text) if text else []
    columns = [[one.text for one in found], [one.note for one in found], [_base() + address(one) for one in found]]
    return as_json([text, *columns], "application/x-suggestions+json")


def cut(name: str, length: int) -> str:
    """As many whole words of a name as fit, or its first letters where not even one does."""
    if len(name) <= length:
        return name
    return name[: length + 1].rpartition(" ")[0].strip() or name[:length]


def _base() -> str:
    """How the site is reached from outside: from the settings, never from what a request claims."""
    return str(current_app.config["PUBLIC_URL"]).rstrip("/")
