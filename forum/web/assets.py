"""Style sheets joined into one file and scripts under a fingerprinted path: one request each, cached for a year."""

import hashlib
from pathlib import Path

from flask import Flask, Response, abort, current_app, request, send_from_directory
from werkzeug.utils import safe_join

from forum.web.access import access, everyone

YEAR = 31_536_000


class Assets:
    """The static files as they were at the start."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.css = "\n".join(path.read_text("utf-8") for path in self._sheets() if path.exists()).encode()
        digest = hashlib.sha256(self.css)
        for path in sorted(folder.rglob("*.js")) + sorted((folder / "icons").rglob("*.*")):
            digest.update(path.read_bytes())
        self.fingerprint = digest.hexdigest()[:12]

    def _sheets(self) -> list[Path]:
        css = self.folder / "css"
        first = [css / f"{name}.css" for name in ("tokens", "base", "layout")]
        parts = [*sorted((css / "components").glob("*.css")), *sorted((css / "pages").glob("*.css"))]
        return [*first, *parts, css / "display.css", css / "print.css"]


def asset(name: str) -> str:
    """The address of a static file: `site.css` is all style sheets together."""
    return f"/assets/{current_app.extensions['assets'].fingerprint}/{name}"


@access(everyone)
def serve(fingerprint: str, name: str) -> Response:
    """A static file. An old fingerprint still gets the present file, but not for a year."""
    assets: Assets = current_app.extensions["assets"]
    if name == "site.css":
        response = Response(assets.css, mimetype="text/css")
        response.set_etag(assets.fingerprint)
    else:
        if safe_join(str(assets.folder), name) is None or not name.endswith((".js", ".svg", ".png", ".ico", ".webmanifest")):
            abort(404)
        response = send_from_directory(assets.folder, name)
        response.direct_passthrough = not name.endswith((".js", ".svg"))  # what is text goes out compressed
    current = fingerprint == assets.fingerprint
    response.cache_control.public = True
    response.cache_control.max_age = YEAR if current else 60
    response.cache_control.no_cache = None
    response.cache_control.immutable = current
    response.make_conditional(request)
    return response


def init_app(app: Flask, folder: Path) -> None:
    app.extensions["assets"] = Assets(folder)
    app.add_url_rule("/assets/<fingerprint>/<path:name>", "assets", serve)
    app.jinja_env.globals["asset"] = asset
