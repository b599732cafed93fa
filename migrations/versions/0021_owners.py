"""owners: who leads a practice, and whether it is still true

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

PEOPLE = ("keeper_id", "offered_to_id")
OFFERED = sa.text("offered_to_id IS NOT NULL")
# A year after publishing; what is older is asked about little by little, since a night asks about so many only.
IN_A_YEAR = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%S.000000', listed_at, '+365 days')",
    "postgresql": "listed_at + interval '365 days'",
}


def upgrade() -> None:
    for column in PEOPLE:
        # Said in one breath, as both databases understand it: batch mode would copy all practices for a constraint.
        op.execute(f"ALTER TABLE practices ADD COLUMN {column} INTEGER CONSTRAINT fk_practices_{column}_people REFERENCES people (id)")
    op.add_column("practices", sa.Column("confirmed_at", sa.DateTime(), nullable=True))
    op.add_column("practices", sa.Column("check_at", sa.DateTime(), nullable=True))
    op.add_column("practices", sa.Column("asked", sa.Integer(), server_default="0", nullable=False))
    op.add_column("practices", sa.Column("stale", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("people", sa.Column("unproved_place", sa.Boolean(), server_default=sa.false(), nullable=False))
    _fill()
    op.create_index("ix_practices_keeper_id", "practices", ["keeper_id"])
    op.create_index("ix_practices_offered_to_id", "practices", ["offered_to_id"], sqlite_where=OFFERED, postgresql_where=OFFERED)
    op.create_index("ix_practices_check_at", "practices", ["check_at", "id"])
    op.create_index("ix_practices_stale", "practices", ["stale", "listed_at", "id"])


def _fill() -> None:
    """Authors lead what they wrote, but for those whose accounts are gone."""
    author = "SELECT author_id FROM entries JOIN people ON people.id = author_id WHERE entries.id = practices.id"
    op.execute(f"UPDATE practices SET keeper_id = ({author} AND people.email NOT LIKE '%@deleted.invalid')")
    op.execute(f"UPDATE practices SET check_at = {IN_A_YEAR[op.get_bind().dialect.name]} WHERE listed_at IS NOT NULL")


def downgrade() -> None:
    # What sank goes back to where it was published.
    op.execute("UPDATE practices SET listed_at = (SELECT published_at FROM entries WHERE entries.id = practices.id) WHERE stale")
    for index in ("stale", "check_at", "offered_to_id", "keeper_id"):
        op.drop_index(f"ix_practices_{index}", "practices")
    op.execute("ALTER TABLE people DROP COLUMN unproved_place")
    for column in ("stale", "asked", "check_at", "confirmed_at", *reversed(PEOPLE)):
        op.execute(f"ALTER TABLE practices DROP COLUMN {column}")
