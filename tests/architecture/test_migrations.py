"""The migrations build exactly the tables that the models describe, from nothing."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import create_engine, inspect

from config import Testing
from forum import create_app
from forum.core.model import Base
from forum.extensions import db


def test_the_migrated_database_has_no_drift(app, migrated):  # an application brings all models in
    engine = create_engine(f"sqlite:///{migrated}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_the_way_down_leads_to_nothing_and_up_again(tmp_path):
    app = create_app(Testing(INSTANCE=str(tmp_path)))
    with app.app_context():
        upgrade()
        downgrade(revision="base")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        upgrade()
        assert set(Base.metadata.tables) <= set(inspect(db.engine).get_table_names())
        db.engine.dispose()
