"""keys of submissions, versions of drafts, words replaced lately

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _points_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    op.create_table(
        "submissions",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("location", sa.Text(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_submissions")),
    )
    op.create_index(op.f("ix_submissions_at"), "submissions", ["at"])
    op.create_table(
        "draft_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        _points_to("draft_versions", "entry_id", "entries"),
        _points_to("draft_versions", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_versions")),
    )
    op.create_index("ix_draft_versions_entry_id_person_id_id", "draft_versions", ["entry_id", "person_id", "id"])
    op.create_table(
        "replaced_words",
        sa.Column("entry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        _points_to("replaced_words", "entry_id", "entries"),
        _points_to("replaced_words", "by_id", "people"),
        sa.PrimaryKeyConstraint("entry_id", "version", name=op.f("pk_replaced_words")),
    )
    op.create_index(op.f("ix_replaced_words_at"), "replaced_words", ["at"])


def downgrade() -> None:
    for table in ("replaced_words", "draft_versions", "submissions"):
        op.drop_table(table)
