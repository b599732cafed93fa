"""what documents are, their texts, packages that were downloaded

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

IS_WAITING = sa.text("text_state = 'waiting'")
DESCRIPTION = ("kind", "valid_until", "licence", "text_state", "text_tries")


def upgrade() -> None:
    op.add_column("attachments", sa.Column("kind", sa.String(20), server_default="other", nullable=False))
    op.add_column("attachments", sa.Column("valid_until", sa.Date(), nullable=True))
    op.add_column("attachments", sa.Column("licence", sa.String(20), nullable=True))
    op.add_column("attachments", sa.Column("text_state", sa.String(20), nullable=True))
    op.add_column("attachments", sa.Column("text_tries", sa.Integer(), server_default="0", nullable=False))
    op.create_index("ix_attachments_waiting", "attachments", ["id"], sqlite_where=IS_WAITING, postgresql_where=IS_WAITING)
    op.create_table(
        "attachment_texts",
        sa.Column("attachment_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachments.id"], name=op.f("fk_attachment_texts_attachment_id_attachments"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_attachment_texts")),
    )
    op.add_column("practices", sa.Column("package_downloads", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("practices", recreate="never") as practices:
        practices.drop_column("package_downloads")
    op.drop_table("attachment_texts")
    op.drop_index("ix_attachments_waiting", "attachments")
    with op.batch_alter_table("attachments", recreate="never") as attachments:
        for name in DESCRIPTION:
            attachments.drop_column(name)
