"""Revisions of the database: which one there is, and the way from an older one."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection

from forum.backup.archive import Unsound


def _config() -> Config:
    config: Config = current_app.extensions["migrate"].migrate.get_config()
    return config


def revision_of(connection: Connection) -> str:
    """The revision of a database; empty where it has none."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def check_known(revision: str) -> None:
    """Raise Unsound where this release knows no such revision: the copy is of a newer one."""
    if revision not in {one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions()}:
        raise Unsound(f"Копия сделана более новой версией сайта (ревизия базы {revision or 'неизвестна'}): сначала обновите сайт.")


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Migrate the database behind a connection, within its transaction."""
    command.upgrade(_config_for(connection), revision)


def downgrade(connection: Connection) -> None:
    """Take down all that migrations have made."""
    command.downgrade(_config_for(connection), "base")


def _config_for(connection: Connection) -> Config:
    config = _config()
    config.attributes["connection"] = connection
    return config
