"""requests: what towns look for, the practices offered to them, and who was told

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

UNTOLD = sa.text("told_at IS NULL")
LISTED = {
    "outcome": "outcome",
    "unanswered": "unanswered",
    "region": "region",
    "nomination": "nomination_id",
    "place": "municipality_id",
}


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    parent, key = to.split(".")
    return sa.ForeignKeyConstraint([column], [f"{parent}.{key}"], name=op.f(f"fk_{table}_{column}_{parent}"))


def _number(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=nullable)


def upgrade() -> None:
    _requests()
    op.create_table(
        "request_tags",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("tag_id", sa.Integer(), nullable=False),
        _refers("request_tags", "request_id", "solution_requests.id"),
        _refers("request_tags", "tag_id", "tags.id"),
        sa.PrimaryKeyConstraint("request_id", "tag_id", name=op.f("pk_request_tags")),
    )
    op.create_index(op.f("ix_request_tags_tag_id"), "request_tags", ["tag_id"])
    op.create_table(
        "solution_offers",
        _number("request_id"),
        _number("practice_id"),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("thanked_at", sa.DateTime(), nullable=True),
        sa.Column("helped_at", sa.DateTime(), nullable=True),
        _refers("solution_offers", "request_id", "entries.id"),
        _refers("solution_offers", "practice_id", "practices.id"),
        _refers("solution_offers", "comment_id", "comments.id"),
        sa.PrimaryKeyConstraint("request_id", "practice_id", name=op.f("pk_solution_offers")),
        sa.UniqueConstraint("comment_id", name=op.f("uq_solution_offers_comment_id")),
    )
    op.create_index("ix_solution_offers_practice_id", "solution_offers", ["practice_id"])
    _telling()


def _requests() -> None:
    op.create_table(
        "solution_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("slug", sa.String(length=90), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("problem", "limits", "closing")),
        sa.Column("html", sa.JSON(), nullable=False),
        sa.Column("html_version", sa.Integer(), nullable=False),
        sa.Column("most_cost", sa.BigInteger(), nullable=True),
        sa.Column("needed_by", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=2), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("practice_id", sa.Integer(), nullable=True),
        sa.Column("adoption_id", sa.Integer(), nullable=True),
        sa.Column("listed_at", sa.DateTime(), nullable=True),
        sa.Column("list_wanted", sa.Integer(), nullable=True),
        sa.Column("offers_count", sa.Integer(), nullable=False),
        sa.Column("unanswered", sa.Boolean(), nullable=False),
        sa.Column("matched", sa.Boolean(), nullable=False),
        _refers("solution_requests", "id", "entries.id"),
        _refers("solution_requests", "municipality_id", "municipalities.id"),
        _refers("solution_requests", "region", "regions.code"),
        _refers("solution_requests", "nomination_id", "nominations.id"),
        _refers("solution_requests", "practice_id", "practices.id"),
        _refers("solution_requests", "adoption_id", "adoptions.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solution_requests")),
    )
    op.create_index("ix_solution_requests_listed", "solution_requests", ["listed_at", "id"])
    op.create_index("ix_solution_requests_wanted", "solution_requests", ["list_wanted", "id"])
    for name, column in LISTED.items():
        op.create_index(f"ix_solution_requests_{name}_listed", "solution_requests", [column, "listed_at", "id"])
    op.create_index("ix_solution_requests_until", "solution_requests", ["outcome", "until"])
    op.create_index("ix_solution_requests_matched", "solution_requests", ["matched", "listed_at"])


def _telling() -> None:
    op.create_table(
        "request_matches",
        _number("request_id"),
        _number("person_id"),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("told_at", sa.DateTime(), nullable=True),
        _refers("request_matches", "request_id", "entries.id"),
        _refers("request_matches", "person_id", "people.id"),
        _refers("request_matches", "practice_id", "practices.id"),
        sa.PrimaryKeyConstraint("request_id", "person_id", name=op.f("pk_request_matches")),
    )
    op.create_index("ix_request_matches_untold", "request_matches", ["person_id"], sqlite_where=UNTOLD, postgresql_where=UNTOLD)
    op.create_table(
        "request_weeks",
        _number("person_id"),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        _refers("request_weeks", "person_id", "people.id"),
        sa.PrimaryKeyConstraint("person_id", "week", name=op.f("pk_request_weeks")),
    )


def downgrade() -> None:
    for table in ("request_weeks", "request_matches", "solution_offers", "request_tags", "solution_requests"):
        op.drop_table(table)
