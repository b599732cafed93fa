"""what moderators take and move

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

COLUMNS = ("merged_into_id", "pinned_id")


def upgrade() -> None:
    op.create_table(
        "claims",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_claims_entry_id_entries")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_claims_person_id_people")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_claims")),
    )
    op.create_index(op.f("ix_claims_person_id"), "claims", ["person_id"])
    op.create_index("ix_reports_reporter_id_outcome", "reports", ["reporter_id", "outcome"])
    for column in COLUMNS:
        # Said in one breath, as both databases understand it: batch mode would copy a million rows for a constraint.
        op.execute(f"ALTER TABLE entries ADD COLUMN {column} INTEGER CONSTRAINT fk_entries_{column}_entries REFERENCES entries (id)")


def downgrade() -> None:
    for column in reversed(COLUMNS):
        op.execute(f"ALTER TABLE entries DROP COLUMN {column}")
    op.drop_index("ix_reports_reporter_id_outcome", "reports")
    op.drop_table("claims")
