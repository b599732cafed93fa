"""Муниципальные практики: a forum where municipal employees share what worked, and what did not."""

from pathlib import Path

from flask import Flask

from config import Settings, settings
from forum import features, web
from forum.accounts import identity
from forum.core import attempts, database, events, letters, once, stamps  # noqa: F401 – their tables and hooks
from forum.extensions import Migrations, babel, csrf, db, limiter, login
from forum.web import language, templating
from forum.web.application import Application

ROOT = Path(__file__).parent.parent


def create_app(config: Settings | None = None) -> Flask:
    """The application, wired: no queries, no network, no seeding."""
    app = Application(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    app.jinja_environment = templating.Environment
    app.cli = features.Commands(app)
    app.config.from_object(config or settings())
    Path(app.config["INSTANCE"]).mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    Migrations(app, db, str(ROOT / "migrations"))
    csrf.init_app(app)
    limiter.init_app(app)
    login.init_app(app, add_context_processor=False)
    babel.init_app(app, default_translation_directories=str(ROOT / "forum" / "translations"), locale_selector=language.select)
    web.init_app(app, static=ROOT / "static")
    identity.init_app(app)
    features.register(app)
    return app
