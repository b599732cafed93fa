"""how each person is told, digests, letters that came back

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def _points_to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def upgrade() -> None:
    _make_groups()
    _make_tables()
    _group_what_was_told()
    _fold_in_replies()
    _rename_letters({"comment": "told", "reply": "told", "mention": "told"})


def _make_groups() -> None:
    op.create_table(
        "notice_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("told_as", sa.String(length=30), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("read_at", sa.DateTime(), nullable=True),
        sa.Column("open_key", sa.String(length=80), nullable=True),
        _points_to("notice_groups", "person_id", "people"),
        _points_to("notice_groups", "event_id", "events"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_groups")),
        sa.UniqueConstraint("open_key", name=op.f("uq_notice_groups_open_key")),
    )
    op.create_index("ix_notice_groups_person_id_at_id", "notice_groups", ["person_id", "at", "id"])
    op.create_index("ix_notice_groups_person_id_read_at_at_id", "notice_groups", ["person_id", "read_at", "at", "id"])


def _make_tables() -> None:
    op.create_table(
        "telling_preferences",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("way", sa.String(length=10), nullable=False),
        _points_to("telling_preferences", "person_id", "people"),
        sa.PrimaryKeyConstraint("person_id", "kind", name=op.f("pk_telling_preferences")),
    )
    op.create_table(
        "digest_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("told_as", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("letter_key", sa.String(length=120), nullable=True),
        _points_to("digest_items", "person_id", "people"),
        _points_to("digest_items", "event_id", "events"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_items")),
    )
    op.create_index("uq_digest_items_person_id_event_id", "digest_items", ["person_id", "event_id"], unique=True)
    op.create_index("ix_digest_items_letter_key_at", "digest_items", ["letter_key", "at"])
    op.create_table(
        "bounces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("letter_key", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        _points_to("bounces", "person_id", "people"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bounces")),
        sa.UniqueConstraint("letter_key", name=op.f("uq_bounces_letter_key")),
    )
    op.create_index("ix_bounces_person_id_at", "bounces", ["person_id", "at"])


# A comment is told to whose practice it is on as such, to anybody else as an answer.
TOLD_AS = """CASE WHEN events.kind = 'search.answered' THEN 'search'
 WHEN events.kind IN ('mention', 'followed_comment', 'followed_practice') THEN events.kind WHEN events.kind <> 'comment.published' THEN 'moderation'
 WHEN (SELECT roots.author_id FROM entries AS roots WHERE roots.id = entries.root_id) = notices.person_id THEN 'comment' ELSE 'reply' END"""


def _group_what_was_told() -> None:
    """Each notice there is stands alone, read or unread as it was."""
    op.execute(
        f"""INSERT INTO notice_groups (person_id, told_as, entry_id, event_id, size, at, read_at)
 SELECT notices.person_id, {TOLD_AS}, COALESCE(entries.root_id, events.entry_id), notices.event_id, 1, notices.at, notices.read_at
 FROM notices JOIN events ON events.id = notices.event_id LEFT JOIN entries ON entries.id = events.entry_id ORDER BY notices.id"""
    )
    with op.batch_alter_table("notices") as notices:
        notices.add_column(sa.Column("group_id", sa.Integer(), nullable=True))
        notices.add_column(sa.Column("told_as", sa.String(length=30), nullable=False, server_default="moderation"))
        notices.drop_column("read_at")
        notices.create_foreign_key(op.f("fk_notices_group_id_notice_groups"), "notice_groups", ["group_id"], ["id"])
    op.create_index(op.f("ix_notices_group_id"), "notices", ["group_id"])
    op.create_index("by_event_for_now", "notice_groups", ["event_id", "person_id"])
    same = "FROM notice_groups AS g WHERE g.event_id = notices.event_id AND g.person_id = notices.person_id"
    op.execute(f"UPDATE notices SET group_id = (SELECT g.id {same}), told_as = (SELECT g.told_as {same})")
    op.drop_index("by_event_for_now", "notice_groups")
    with op.batch_alter_table("notices") as notices:
        notices.alter_column("told_as", existing_type=sa.String(length=30), server_default=None)


def _fold_in_replies() -> None:
    """Who wanted no letters about answers keeps it so."""
    for kind in ("reply", "comment", "mention"):
        op.execute(
            f"INSERT INTO telling_preferences (person_id, kind, way) SELECT id, '{kind}', 'site' FROM people WHERE NOT mail_replies"
        )
    op.add_column("people", sa.Column("rhythm", sa.String(length=10), nullable=False, server_default="daily"))
    op.add_column("people", sa.Column("mail_paused_at", sa.DateTime(), nullable=True))
    with op.batch_alter_table("people", recreate="never") as people:
        people.drop_column("mail_replies")


def _rename_letters(names: dict[str, str]) -> None:
    """Those still to be sent."""
    for old, new in names.items():
        op.execute(f"UPDATE letters SET template = '{new}' WHERE template = '{old}' AND sent_at IS NULL")


def downgrade() -> None:
    _rename_letters({"told": "reply"})
    op.execute("DELETE FROM letters WHERE template IN ('digest', 'address_check') AND sent_at IS NULL")
    op.add_column("people", sa.Column("mail_replies", sa.Boolean(), nullable=False, server_default=sa.true()))
    without = "SELECT person_id FROM telling_preferences WHERE kind = 'reply' AND way IN ('nowhere', 'site')"
    op.execute(f"UPDATE people SET mail_replies = {sa.false().compile(dialect=op.get_bind().dialect)} WHERE id IN ({without})")
    with op.batch_alter_table("people", recreate="never") as people:
        people.drop_column("mail_paused_at")
        people.drop_column("rhythm")
    with op.batch_alter_table("notices") as notices:
        notices.add_column(sa.Column("read_at", sa.DateTime(), nullable=True))
    op.execute("UPDATE notices SET read_at = (SELECT g.read_at FROM notice_groups AS g WHERE g.id = notices.group_id)")
    unread = "SELECT COUNT(*) FROM notices WHERE notices.person_id = people.id AND notices.read_at IS NULL"
    op.execute(f"UPDATE people SET unread = ({unread})")
    op.drop_index(op.f("ix_notices_group_id"), "notices")
    with op.batch_alter_table("notices") as notices:
        notices.drop_constraint(op.f("fk_notices_group_id_notice_groups"), type_="foreignkey")
        notices.drop_column("told_as")
        notices.drop_column("group_id")
    for table in ("bounces", "digest_items", "telling_preferences", "notice_groups"):
        op.drop_table(table)
