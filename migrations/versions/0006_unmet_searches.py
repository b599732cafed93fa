"""searches that found nothing

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unmet_searches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("text", sa.String(length=100), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by_id"], ["entries.id"], name=op.f("fk_unmet_searches_answered_by_id_entries")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unmet_searches")),
        sa.UniqueConstraint("key", name=op.f("uq_unmet_searches_key")),
    )
    for column in ("times", "last_on", "answered_by_id"):
        op.create_index(op.f(f"ix_unmet_searches_{column}"), "unmet_searches", [column])


def downgrade() -> None:
    op.drop_table("unmet_searches")
