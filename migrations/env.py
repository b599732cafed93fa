"""How Alembic finds the database and the tables: through the application, or by a connection that the caller holds."""

from contextlib import nullcontext

from alembic import context
from flask import current_app

from forum.core.database import creating
from forum.core.model import Base, UTCDateTime

database = current_app.extensions["migrate"].db


def render_item(kind: str, obj: object, autogen_context: object) -> str | bool:
    """Write our column types as the plain ones they are stored as."""
    return "sa.DateTime()" if kind == "type" and isinstance(obj, UTCDateTime) else False


def run() -> None:
    """Migrate in one transaction, with batches where SQLite can't alter a table."""
    given = context.config.attributes.get("connection")
    with creating(), nullcontext(given) if given is not None else database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            render_item=render_item,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
