"""sanctions, appeals, chained log, templates of reasons

Revision ID: 0009
Revises: 0008
"""

import hashlib
import json
from datetime import UTC

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# For which acts, title, text.
REASONS = (
    (
        "hide return warn",
        "Реклама товаров и услуг",
        "Правило «Без рекламы»: здесь рассказывают об опыте муниципалитета, а не предлагают товары и услуги. "
        "Подрядчика можно назвать – без цен, контактов и призывов купить.",
    ),
    (
        "hide warn silence suspend",
        "Оскорбления",
        "Правило «Уважайте собеседника»: спорить можно с доводами, но не с человеком. Оскорбления и насмешки мы скрываем. "
        "Напишите о сути – такой ответ останется.",
    ),
    (
        "hide return edit",
        "Чужие персональные данные",
        "Правило «Не публикуйте чужое»: в тексте есть телефон, адрес или другие сведения о частном лице без его согласия. "
        "Уберите их или замените должностью и названием организации.",
    ),
    (
        "hide lock split",
        "Не по теме",
        "Правило «По существу»: обсуждение ушло от практики, к которой оно относится. Для другой темы создайте отдельную запись – "
        "так её найдут те, кому она нужна.",
    ),
    (
        "return",
        "Не хватает цифр",
        "Правило «Покажите результат»: по описанию пока не понять, что изменилось. Добавьте хотя бы один показатель «до» и «после» "
        "и укажите, откуда цифры.",
    ),
    (
        "return",
        "Неясно, что сделали",
        "Правило «Чтобы можно было повторить»: коллеге из другого города трудно понять порядок действий. "
        "Опишите шаги, сроки и тех, кто за них отвечал.",
    ),
    (
        "hide return",
        "Неверные сведения",
        "Правило «Только достоверное»: часть сведений расходится с открытыми источниками. Проверьте их и приложите ссылку или документ – "
        "после этого запись можно опубликовать снова.",
    ),
    (
        "merge hide",
        "Повтор",
        "Правило «Одна практика – одна запись»: такая практика уже описана. Дополнить её можно в обсуждении или через правку.",
    ),
    (
        "move",
        "Другая номинация или место",
        "Правило «Чтобы находили»: запись перенесена туда, где её будут искать. Текст не изменился, ссылка работает как прежде.",
    ),
    (
        "lock",
        "Спор по кругу",
        "Правило «По существу»: новых доводов давно нет, а участники повторяются. Обсуждение закрыто, всё сказанное остаётся на месте.",
    ),
    (
        "warn silence suspend",
        "Повторные нарушения",
        "Правило «Решения модератора соблюдают»: мы уже просили так не делать, а нарушения продолжаются. "
        "Если вы не согласны с решением, обжалуйте его: ответит другой модератор.",
    ),
    (
        "suspend hide",
        "Спам",
        "Правило «Без рассылок»: одинаковые сообщения в разных обсуждениях мешают всем и считаются спамом.",
    ),
    (
        "decline appeal",
        "Нарушения нет",
        "Мы внимательно прочитали запись и нарушения правил не нашли. Несогласие с автором – повод для ответа в обсуждении, "
        "а не для скрытия.",
    ),
    (
        "undo appeal",
        "Решение было ошибкой",
        "Мы ещё раз посмотрели запись и правила. Первое решение было ошибкой – приносим извинения.",
    ),
)
LOCKED = "the log of moderation can only be added to"


def upgrade() -> None:
    for column in ("silenced_until", "warned_at"):
        op.add_column("people", sa.Column(column, sa.DateTime(), nullable=True))
    _make_sanctions()
    _make_appeals()
    _make_reasons()
    _make_log()
    _chain_what_happened()
    _guard_log()


def _make_sanctions() -> None:
    op.create_table(
        "sanctions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("event_id", sa.Integer(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sanctions_person_id_people")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_sanctions_by_id_people")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_sanctions_entry_id_entries")),
        sa.ForeignKeyConstraint(["ended_by_id"], ["people.id"], name=op.f("fk_sanctions_ended_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanctions")),
        sa.UniqueConstraint("event_id", name=op.f("uq_sanctions_event_id")),
    )
    op.create_index("ix_sanctions_person_id_id", "sanctions", ["person_id", "id"])
    # Suspensions in force go on as sanctions; when they began, and by whom, their events know.
    op.execute(
        "INSERT INTO sanctions (person_id, kind, reason, at, until, by_id, entry_id, event_id) "
        "SELECT p.id, 'suspension', coalesce(p.suspended_reason, ''), coalesce(e.at, p.suspended_until), p.suspended_until, "
        "(SELECT b.id FROM people b WHERE b.id = e.actor_id), NULL, e.id FROM people p LEFT JOIN events e ON e.id = "
        "(SELECT max(x.id) FROM events x WHERE x.kind = 'moderation.suspended' AND x.person_id = p.id) "
        "WHERE p.suspended_until > CURRENT_TIMESTAMP"
    )


def _make_appeals() -> None:
    op.create_table(
        "appeals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=True),
        sa.Column("against", sa.String(length=60), nullable=False),
        sa.Column("region_code", sa.String(length=2), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(), nullable=True),
        sa.Column("resolved_by_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_appeals_event_id_events")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_appeals_person_id_people")),
        sa.ForeignKeyConstraint(["entry_id"], ["entries.id"], name=op.f("fk_appeals_entry_id_entries")),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name=op.f("fk_appeals_region_code_regions")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["people.id"], name=op.f("fk_appeals_decided_by_id_people")),
        sa.ForeignKeyConstraint(["resolved_by_id"], ["people.id"], name=op.f("fk_appeals_resolved_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appeals")),
        sa.UniqueConstraint("event_id", name=op.f("uq_appeals_event_id")),
    )
    op.create_index("ix_appeals_resolved_at_id", "appeals", ["resolved_at", "id"])
    op.create_index("ix_appeals_person_id_id", "appeals", ["person_id", "id"])


def _make_reasons() -> None:
    table = op.create_table(
        "reason_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("acts", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["changed_by_id"], ["people.id"], name=op.f("fk_reason_templates_changed_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reason_templates")),
    )
    at = sa.func.current_timestamp()
    for acts, title, text in REASONS:
        op.execute(table.insert().values(title=title, text=text, acts=sorted(acts.split()), changed_at=at))


def _make_log() -> None:
    op.create_table(
        "moderation_log",
        sa.Column("sequence", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("region_code", sa.String(length=2), nullable=True),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_moderation_log")),
        sa.UniqueConstraint("event_id", name=op.f("uq_moderation_log_event_id")),
        sa.UniqueConstraint("undoes", name=op.f("uq_moderation_log_undoes")),
    )
    op.create_index(op.f("ix_moderation_log_at"), "moderation_log", ["at"])
    op.create_index("ix_moderation_log_kind_sequence", "moderation_log", ["kind", "sequence"])
    op.create_index("ix_moderation_log_region_code_sequence", "moderation_log", ["region_code", "sequence"])


def _chain_what_happened() -> None:
    """What moderators did before there was a chain, in the form that forum/moderation/chain.py has for it."""
    events = sa.table(
        "events",
        *(sa.column(name) for name in ("id", "kind", "actor_id", "actor_role", "entry_id", "person_id", "reason")),
        sa.column("at", sa.DateTime()),
        sa.column("data", sa.JSON()),
    )
    entries = sa.table("entries", sa.column("id"), sa.column("region_code"))
    people = sa.table("people", sa.column("id"), sa.column("municipality_id"))
    places = sa.table("municipalities", sa.column("id"), sa.column("region_code"))
    query = (
        sa.select(events, entries.c.region_code.label("of_entry"), places.c.region_code.label("of_person"))
        .outerjoin(entries, entries.c.id == events.c.entry_id)
        .outerjoin(people, people.c.id == events.c.person_id)
        .outerjoin(places, places.c.id == people.c.municipality_id)
        .where(events.c.kind.startswith("moderation."))
        .order_by(events.c.id)
    )
    log = sa.table(
        "moderation_log",
        *(sa.column(name) for name in ("sequence", "event_id", "kind", "region_code", "content", "hash")),
        sa.column("at", sa.DateTime()),
    )
    rows, previous = [], "0" * 64
    for row in op.get_bind().execute(query):
        region = row.of_entry if row.entry_id is not None else row.of_person
        said = {name: getattr(row, name) for name in ("id", "kind", "actor_id", "actor_role", "entry_id", "person_id", "reason", "data")}
        said |= {"at": row.at.replace(tzinfo=UTC).isoformat(), "region": region}
        content = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        previous = hashlib.sha256((previous + content).encode("utf-8", "surrogatepass")).hexdigest()
        values = {"sequence": len(rows) + 1, "event_id": row.id, "at": row.at, "kind": row.kind, "region_code": region}
        rows.append(values | {"content": content, "hash": previous})
    if rows:
        op.bulk_insert(log, rows)


def _guard_log() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE FUNCTION moderation_log_is_final() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{LOCKED}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER moderation_log_final BEFORE UPDATE OR DELETE ON moderation_log "
            "FOR EACH ROW EXECUTE FUNCTION moderation_log_is_final()"
        )
        op.execute(
            "CREATE TRIGGER moderation_log_whole BEFORE TRUNCATE ON moderation_log "
            "FOR EACH STATEMENT EXECUTE FUNCTION moderation_log_is_final()"
        )
        return
    for name, when in (
        ("update", "UPDATE ON moderation_log"),
        ("delete", "DELETE ON moderation_log"),
        # REPLACE deletes without asking the trigger of deletions.
        ("replace", "INSERT ON moderation_log WHEN EXISTS (SELECT 1 FROM moderation_log WHERE sequence = NEW.sequence OR event_id = NEW.event_id)"),
    ):
        op.execute(f"CREATE TRIGGER moderation_log_no_{name} BEFORE {when} BEGIN SELECT RAISE(ABORT, '{LOCKED}'); END")


def downgrade() -> None:
    op.drop_table("moderation_log")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION moderation_log_is_final()")
    op.drop_table("reason_templates")
    op.drop_table("appeals")
    op.drop_table("sanctions")
    for column in ("warned_at", "silenced_until"):
        op.execute(f"ALTER TABLE people DROP COLUMN {column}")
