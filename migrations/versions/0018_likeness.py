"""likeness

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# The codes as they are made when this is written (places/likeness.py); `flask places profiles` makes them anew.
MUNICIPALITIES = """
UPDATE municipalities SET profile =
    CASE type
        WHEN 'urban_okrug' THEN 'a' WHEN 'municipal_okrug' THEN 'b' WHEN 'municipal_district' THEN 'c' WHEN 'urban_settlement' THEN 'd'
        WHEN 'rural_settlement' THEN 'e' WHEN 'federal_city' THEN 'f' WHEN 'federal_city_district' THEN 'g' ELSE '-'
    END || CASE
        WHEN population IS NULL THEN '-' WHEN population < 1000 THEN '0' WHEN population < 5000 THEN '1' WHEN population < 20000 THEN '2'
        WHEN population < 50000 THEN '3' WHEN population < 100000 THEN '4' WHEN population < 250000 THEN '5' WHEN population < 500000 THEN '6'
        ELSE '7'
    END || region_code
"""
PRACTICES = "UPDATE practices SET profile = (SELECT m.profile FROM municipalities AS m WHERE m.id = practices.municipality_id)"


def upgrade() -> None:
    for table in ("municipalities", "practices"):
        op.add_column(table, sa.Column("profile", sa.String(4), nullable=True))
    op.execute(MUNICIPALITIES)
    op.execute(PRACTICES)
    op.create_index("ix_municipalities_profile", "municipalities", ["profile"])
    columns = ["profile", "listed_at", "id", "region", "nomination_id", "status", "year", "municipality_id"]
    op.create_index("ix_practices_profile_listed", "practices", columns)


def downgrade() -> None:
    op.drop_index("ix_practices_profile_listed", "practices")
    op.drop_index("ix_municipalities_profile", "municipalities")
    for table in ("practices", "municipalities"):
        with op.batch_alter_table(table, recreate="never") as changed:
            changed.drop_column("profile")
