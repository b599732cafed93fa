"""obstacles of practices, what would have helped, entries without their author's name

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

FAILED = sa.text("obstacles <> '' AND listed_at IS NOT NULL")
REFUSED = sa.text("stage = 'refused' AND listed_at IS NOT NULL")


def upgrade() -> None:
    op.add_column("entries", sa.Column("anonymous", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("practices", sa.Column("obstacles", sa.String(length=1000), server_default="", nullable=False))
    op.add_column("practices", sa.Column("would_help", sa.Text(), server_default="", nullable=False))
    op.add_column("adoptions", sa.Column("would_help", sa.Text(), server_default="", nullable=False))
    op.add_column("adoptions", sa.Column("nomination_id", sa.Integer(), nullable=True))
    op.execute("UPDATE adoptions SET nomination_id = (SELECT p.nomination_id FROM practices AS p WHERE p.id = adoptions.practice_id)")
    failed = {"sqlite_where": FAILED, "postgresql_where": FAILED}
    columns = ["listed_at", "id", "status", "region", "nomination_id", "obstacles", "profile"]
    op.create_index("ix_practices_obstacles", "practices", columns, **failed)
    refused = {"sqlite_where": REFUSED, "postgresql_where": REFUSED}
    op.create_index("ix_adoptions_refused", "adoptions", ["listed_at", "id", "obstacle_id", "region", "nomination_id"], **refused)


def downgrade() -> None:
    op.drop_index("ix_adoptions_refused", "adoptions")
    op.drop_index("ix_practices_obstacles", "practices")
    for table, columns in {
        "adoptions": ("nomination_id", "would_help"),
        "practices": ("would_help", "obstacles"),
        "entries": ("anonymous",),
    }.items():
        with op.batch_alter_table(table, recreate="never") as altered:
            for column in columns:
                altered.drop_column(column)
