"""levels of trust and what holds posts back

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("level", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("people", sa.Column("level_cap", sa.Integer(), nullable=True))
    op.create_table(
        "holds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_holds_entry_id_entries")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    op.create_index("ix_holds_entry_id_kind", "holds", ["entry_id", "kind"])
    op.create_table(
        "word_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=120), nullable=False),
        sa.Column("action", sa.String(length=10), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by_id"], ["people.id"], name=op.f("fk_word_rules_changed_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_rules")),
    )
    op.create_table(
        "text_prints",
        sa.Column("entry_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("newcomer", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("sketch", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_text_prints_entry_id_entries")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_text_prints_person_id_people")),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_text_prints")),
    )
    op.create_index(op.f("ix_text_prints_at"), "text_prints", ["at"])
    op.create_index("ix_text_prints_person_id_at", "text_prints", ["person_id", "at"])
    op.create_index("ix_text_prints_newcomer_at", "text_prints", ["newcomer", "at"])
    op.create_table(
        "seen_domains",
        sa.Column("domain", sa.String(length=253), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("domain", name=op.f("pk_seen_domains")),
    )


def downgrade() -> None:
    for table in ("seen_domains", "text_prints", "word_rules", "holds"):
        op.drop_table(table)
    with op.batch_alter_table("people", recreate="never") as people:
        people.drop_column("level_cap")
        people.drop_column("level")
