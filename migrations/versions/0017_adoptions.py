"""adoptions: which town took which practice home; obstacles

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

LIVE = sa.text("live")
DUE = sa.text("remind_on IS NOT NULL")


def upgrade() -> None:
    op.create_table(
        "obstacles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by_id"], ["people.id"], name=op.f("fk_obstacles_changed_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obstacles")),
        sa.UniqueConstraint("code", name=op.f("uq_obstacles_code")),
    )
    op.create_table(
        "adoptions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("practice_id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=2), nullable=False),
        sa.Column("title", sa.String(length=250), nullable=False),
        sa.Column("town", sa.String(length=160), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("doubled", sa.Boolean(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("listed_at", sa.DateTime(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        *(sa.Column(f"cost_{source}", sa.BigInteger(), nullable=True) for source in ("local", "regional", "federal", "extra")),
        sa.Column("upkeep", sa.BigInteger(), nullable=True),
        sa.Column("indicators", sa.JSON(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("outcome", "changed", "obstacles_met", "advice", "refusal")),
        sa.Column("obstacle_id", sa.Integer(), nullable=True),
        sa.Column("html", sa.JSON(), nullable=False),
        sa.Column("html_version", sa.Integer(), nullable=False),
        sa.Column("remind_after", sa.Integer(), nullable=True),
        sa.Column("remind_on", sa.Date(), nullable=True),
        sa.Column("questioned_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["id"], ["entries.id"], name=op.f("fk_adoptions_id_entries")),
        sa.ForeignKeyConstraint(["practice_id"], ["practices.id"], name=op.f("fk_adoptions_practice_id_practices")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipalities.id"], name=op.f("fk_adoptions_municipality_id_municipalities")),
        sa.ForeignKeyConstraint(["region"], ["regions.code"], name=op.f("fk_adoptions_region_regions")),
        sa.ForeignKeyConstraint(["obstacle_id"], ["obstacles.id"], name=op.f("fk_adoptions_obstacle_id_obstacles")),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["people.id"], name=op.f("fk_adoptions_confirmed_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoptions")),
    )
    live = {"unique": True, "sqlite_where": LIVE, "postgresql_where": LIVE}
    op.create_index("uq_adoptions_live", "adoptions", ["practice_id", "municipality_id"], **live)
    op.create_index("ix_adoptions_practice_listed", "adoptions", ["practice_id", "listed_at", "id"])
    op.create_index("ix_adoptions_place_listed", "adoptions", ["municipality_id", "listed_at", "id"])
    op.create_index("ix_adoptions_region_listed", "adoptions", ["region", "listed_at", "id"])
    op.create_index("ix_adoptions_listed", "adoptions", ["listed_at", "id"])
    op.create_index("ix_adoptions_obstacle_listed", "adoptions", ["obstacle_id", "listed_at", "id"])
    op.create_index("ix_adoptions_remind_on", "adoptions", ["remind_on"], sqlite_where=DUE, postgresql_where=DUE)
    op.create_table(
        "adoption_people",
        sa.Column("adoption_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["adoption_id"], ["entries.id"], name=op.f("fk_adoption_people_adoption_id_entries")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_adoption_people_person_id_people")),
        sa.PrimaryKeyConstraint("adoption_id", "person_id", name=op.f("pk_adoption_people")),
    )
    op.create_index("ix_adoption_people_person_id_adoption_id", "adoption_people", ["person_id", "adoption_id"])
    op.create_table(
        "adoption_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("adoption_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("html_version", sa.Integer(), nullable=False),
        sa.Column("photos", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["adoption_id"], ["entries.id"], name=op.f("fk_adoption_notes_adoption_id_entries")),
        sa.ForeignKeyConstraint(["author_id"], ["people.id"], name=op.f("fk_adoption_notes_author_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption_notes")),
    )
    op.create_index("ix_adoption_notes_adoption_id_id", "adoption_notes", ["adoption_id", "id"])
    op.create_table(
        "adoption_reminders",
        sa.Column("adoption_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["adoption_id"], ["entries.id"], name=op.f("fk_adoption_reminders_adoption_id_entries")),
        sa.PrimaryKeyConstraint("adoption_id", "due_on", name=op.f("pk_adoption_reminders")),
    )
    op.add_column("practices", sa.Column("list_adoptions", sa.Integer(), nullable=True))
    op.add_column("practices", sa.Column("open_adoptions", sa.Integer(), server_default="0", nullable=False))
    op.execute("UPDATE practices SET list_adoptions = 0 WHERE listed_at IS NOT NULL")
    op.create_index("ix_practices_adopted", "practices", ["list_adoptions", "id"])


def downgrade() -> None:
    op.drop_index("ix_practices_adopted", "practices")
    with op.batch_alter_table("practices", recreate="never") as practices:
        practices.drop_column("open_adoptions")
        practices.drop_column("list_adoptions")
    for table in ("adoption_reminders", "adoption_notes", "adoption_people", "adoptions", "obstacles"):
        op.drop_table(table)
