"""The table of contents: every feature's pages, subscribers and commands, in the order of the layers."""

import importlib
import importlib.util
from collections.abc import Iterator
from types import ModuleType

from flask import Flask

FEATURES = (
    "web", "places", "taxonomy", "accounts", "single_sign_on", "entries", "notifications", "search", "trust",
    "attachments", "comments", "votes", "bookmarks", "saved_searches", "demand", "follows",
    "moderation", "practices", "adoptions", "help", "community", "personal_data", "admin", "api", "demo", "backup",
)


def parts(name: str) -> Iterator[ModuleType]:
    """The modules of that name, of all features that have one."""
    for feature in FEATURES:
        full = f"forum.{feature}.{name}"
        if importlib.util.find_spec(full) is not None:
            yield importlib.import_module(full)


def register(app: Flask) -> None:
    """Bring in the tables, the subscribers, the pages and the commands of all features."""
    for name in ("models", "subscribers"):
        list(parts(name))
    for views in parts("views"):
        for blueprint in views.blueprints:
            app.register_blueprint(blueprint)
    for cli in parts("cli"):
        for group in cli.groups:
            app.cli.add_command(group)
