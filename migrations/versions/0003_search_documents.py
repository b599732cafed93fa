"""the queue of the index names documents, which may be people too

Revision ID: 0003
Revises: 0002
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("search_queue", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.alter_column("entry_id", new_column_name="document_id")


def downgrade() -> None:
    op.execute("DELETE FROM search_queue WHERE document_id < 0")
    with op.batch_alter_table("search_queue", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.alter_column("document_id", new_column_name="entry_id")
