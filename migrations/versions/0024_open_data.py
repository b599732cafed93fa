"""open data

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("population", "population_year"):
        op.add_column("regions", sa.Column(name, sa.Integer(), nullable=True))
    op.create_table(
        "statistics",
        sa.Column("region", sa.String(2), nullable=False),
        sa.Column("nomination", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("measure", sa.String(20), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("region", "nomination", "month", "measure", name="pk_statistics"),
    )
    op.create_table(
        "open_dumps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("key", sa.String(70), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_open_dumps"),
    )


def downgrade() -> None:
    op.drop_table("open_dumps")
    op.drop_table("statistics")
    with op.batch_alter_table("regions", recreate="never") as changed:
        changed.drop_column("population_year")
        changed.drop_column("population")
