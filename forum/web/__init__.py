"""What every view stands on: the request as a transaction, access, pages, errors, assets."""

from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from forum.web import (
    access,
    assets,
    bounds,
    cache,
    canonical,
    compression,
    copies,
    design,
    display,
    errors,
    frame,
    headers,
    kept,
    logs,
    lookup,
    once,
    templating,
    tracing,
    transaction,
)


def init_app(app: Flask, static: Path) -> None:
    """Hang the request's life on the application: the order of these lines is the order in which a request meets them."""
    logs.init_app(app.config["LOG"])
    tracing.init_app(app)
    bounds.init_app(app)
    if app.config["PROXIES"]:
        hops = app.config["PROXIES"]
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=0)  # type: ignore[method-assign]
    app.url_map.converters["int"] = lookup.Number
    # Cyrillic as it is: six bytes a letter less on narrow lines.
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    # By name: whether a part is well (/readyz); what a part measures (/metrics). Features add theirs.
    app.extensions |= {"readiness": {}, "gauges": {}}
    assets.init_app(app, static)
    headers.init_app(app)
    compression.init_app(app)
    transaction.init_app(app)
    access.init_app(app)
    once.init_app(app)
    kept.init_app(app)
    cache.init_app(app)
    display.init_app(app)
    copies.init_app(app)
    templating.init_app(app)
    frame.init_app(app)
    canonical.init_app(app)
    errors.init_app(app)
    design.init_app(app)
