"""practice of the week, the tour of newcomers

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

IN_FORCE = sa.text("passed_at IS NULL")
HAS_DONOR = sa.text("donor_id IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "weekly_choices",
        sa.Column("practice_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(), nullable=False),
        sa.Column("passed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["practice_id"], ["practices.id"], name=op.f("fk_weekly_choices_practice_id_practices")),
        sa.PrimaryKeyConstraint("practice_id", name=op.f("pk_weekly_choices")),
    )
    op.create_index("uq_weekly_choices_week", "weekly_choices", ["week"], unique=True, sqlite_where=IN_FORCE, postgresql_where=IN_FORCE)
    op.drop_index("ix_practices_donor_id", "practices")
    op.create_index("ix_practices_donor_id", "practices", ["donor_id"], sqlite_where=HAS_DONOR, postgresql_where=HAS_DONOR)
    op.add_column("people", sa.Column("tour_dismissed_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("people", recreate="never") as people:
        people.drop_column("tour_dismissed_at")
    op.drop_index("ix_practices_donor_id", "practices")
    op.create_index("ix_practices_donor_id", "practices", ["donor_id"])
    op.drop_table("weekly_choices")
