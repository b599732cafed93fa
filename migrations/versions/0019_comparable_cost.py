"""comparable cost

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

FIGURES = ("comparable_cost", "comparable_per_beneficiary", "extra_share", "comparable_upkeep")
PRICED = sa.text("comparable_cost IS NOT NULL AND listed_at IS NOT NULL")
INDEXES = {
    "ix_practices_peers_in_towns": ["nomination_id", "town_kind", "listed_at", "id", *FIGURES],
    "ix_practices_peers": ["nomination_id", "listed_at", "id", *FIGURES, "town_kind"],
}


def upgrade() -> None:
    op.create_table(
        "price_years",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("percent", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_price_years")),
    )
    for name in FIGURES:
        op.add_column("practices", sa.Column(name, sa.Double(), nullable=True))
    op.add_column("practices", sa.Column("town_kind", sa.String(length=20), nullable=True))
    for name, columns in INDEXES.items():
        op.create_index(name, "practices", columns, sqlite_where=PRICED, postgresql_where=PRICED)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "practices")
    with op.batch_alter_table("practices", recreate="never") as practices:
        for name in (*FIGURES, "town_kind"):
            practices.drop_column(name)
    op.drop_table("price_years")
