"""The table of contents: every feature's pages, subscribers and commands, in the order of the layers."""

import importlib
import importlib.util
from collections.abc import Iterator
from types import ModuleType

import click
from flask import Flask
from flask.cli import AppGroup

FEATURES = (
    "web", "places", "taxonomy", "accounts", "single_sign_on", "entries", "notifications", "search", "trust",
    "attachments", "comments", "votes", "bookmarks", "saved_searches", "demand", "follows",
    "moderation", "practices", "adoptions", "comparison", "help", "failures", "solution_requests", "community",
    "open_data", "personal_data", "admin", "api", "demo", "backup",
)


def parts(name: str) -> Iterator[ModuleType]:
    """The modules of that name, of all features that have one."""
    for feature in FEATURES:
        full = f"forum.{feature}.{name}"
        if importlib.util.find_spec(full) is not None:
            yield importlib.import_module(full)


def register(app: Flask) -> None:
    """Bring in the tables, the subscribers and the pages of all features."""
    for name in ("models", "subscribers"):
        list(parts(name))
    for views in parts("views"):
        for blueprint in views.blueprints:
            app.register_blueprint(blueprint)


class Commands(AppGroup):
    """The commands of all features, brought in when one is asked for: what they stand on takes megabytes that no page needs."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app.name)
        self._app = app

    def _gather(self) -> None:
        _ = self._app.extensions["migrate"].db  # asked for, it brings `flask db`
        for cli in (importlib.import_module("forum.cli"), *parts("cli")):
            for group in cli.groups:
                self.add_command(group)

    def list_commands(self, ctx: click.Context) -> list[str]:
        self._gather()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        self._gather()
        return super().get_command(ctx, cmd_name)
