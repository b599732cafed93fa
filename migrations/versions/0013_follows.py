"""following, muting, mentions

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# Column, its type, the table and column it points to.
THINGS = (
    ("entry_id", sa.Integer(), "entries", "id"),
    ("followed_id", sa.Integer(), "people", "id"),
    ("tag_id", sa.Integer(), "tags", "id"),
    ("region_code", sa.String(length=2), "regions", "code"),
    ("municipality_id", sa.Integer(), "municipalities", "id"),
    ("nomination_id", sa.Integer(), "nominations", "id"),
)
EXACTLY_ONE = " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column, *_ in THINGS) + " = 1"
# Authors follow their own practices, those of before too.
OWN = """
    INSERT INTO follows (person_id, entry_id, at)
    SELECT author_id, id, published_at FROM entries WHERE kind = 'practice' AND state = 'published' AND published_at IS NOT NULL
"""


def upgrade() -> None:
    op.create_table(
        "follows",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        *(sa.Column(column, kind, nullable=True) for column, kind, *_ in THINGS),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint(EXACTLY_ONE, name=op.f("ck_follows_one_thing")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_follows_person_id_people")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.{key}"], name=op.f(f"fk_follows_{column}_{table}"))
            for column, _kind, table, key in THINGS
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follows")),
    )
    op.create_index("ix_follows_person_id_at_id", "follows", ["person_id", "at", "id"])
    for column, *_ in THINGS:
        op.create_index(f"uq_follows_{column}_person_id", "follows", [column, "person_id"], unique=True)
    op.create_table(
        "mutes",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_mutes_person_id_people")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_mutes_entry_id_entries")),
        sa.PrimaryKeyConstraint("person_id", "entry_id", name=op.f("pk_mutes")),
    )
    op.create_index(op.f("ix_mutes_entry_id"), "mutes", ["entry_id"])
    op.add_column("people", sa.Column("follows_discussions", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.execute(OWN)


def downgrade() -> None:
    with op.batch_alter_table("people", recreate="never") as people:
        people.drop_column("follows_discussions")
    op.drop_table("mutes")
    op.drop_table("follows")
