"""The chained log: every step is in it, nothing can be changed in it, and what is changed past the guards is found."""

import json
import threading

import pytest
from flask_migrate import upgrade
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from config import Testing
from forum import create_app
from forum.core import events
from forum.core.actor import SYSTEM
from forum.core.events import Event
from forum.extensions import db
from forum.moderation import chain
from forum.moderation.chain import LogRow

GUARDS = ("update", "delete", "replace")


@pytest.fixture
def steps(make, session):
    """Four steps of a moderator."""
    moderator, practice = make.actor(make.moderator(region="69")), make.practice()
    for number in range(2):
        practice.hide(moderator, f"Реклама {number}")
        practice.restore(moderator)
        session.commit()


def verdict(app):
    return app.test_cli_runner().invoke(args=["moderation", "verify-log"])


def tamper(session, statement):
    """As somebody with a hand on the file would: past the triggers."""
    for guard in GUARDS:
        session.execute(text(f"DROP TRIGGER moderation_log_no_{guard}"))
    session.connection().exec_driver_sql(statement)
    session.commit()


def test_every_event_of_moderation_is_a_row_of_one_chain(app, session, steps):
    rows = session.scalars(select(LogRow).order_by(LogRow.sequence)).all()
    happened = session.scalars(select(Event.id).where(Event.kind.startswith("moderation.")).order_by(Event.id)).all()
    assert [row.event_id for row in rows] == happened and len(rows) == 4
    assert [row.sequence for row in rows] == [1, 2, 3, 4]
    assert rows[0].said["reason"] == "Реклама 0" and rows[0].region_code == "40"
    previous = chain.GENESIS
    for row in rows:
        assert row.hash == chain.link(previous, row.content) and row.content == json.dumps(
            json.loads(row.content), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        previous = row.hash
    answer = verdict(app)
    assert answer.exit_code == 0 and f"4 rows, the chain is whole; the last hash is {previous}" in answer.output


def test_what_was_rolled_back_leaves_no_row(app, session):
    events.record(session, "moderation.hidden", by=SYSTEM, reason="Нет")
    session.rollback()
    events.record(session, "moderation.hidden", by=SYSTEM, reason="Да")
    nested = session.begin_nested()
    events.record(session, "moderation.hidden", by=SYSTEM, reason="Тоже нет")
    nested.rollback()
    session.commit()
    assert [row.said["reason"] for row in session.scalars(select(LogRow))] == ["Да"]
    assert verdict(app).exit_code == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE moderation_log SET content = 'x' WHERE sequence = 1",
        "DELETE FROM moderation_log WHERE sequence = 1",
        "INSERT OR REPLACE INTO moderation_log (sequence, event_id, at, kind, content, hash) VALUES (1, 99, '2020-01-01', 'x', '{}', 'x')",
    ],
)
def test_the_database_refuses_to_change_a_row(session, steps, statement):
    with pytest.raises(IntegrityError, match="can only be added to"):
        session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE moderation_log SET content = replace(content, 'Реклама 1', 'Спам') WHERE sequence = 3", "row 3, event"),
        ("UPDATE moderation_log SET hash = substr(hash, 2) || '0' WHERE sequence = 2", "row 2, event"),
        ("DELETE FROM moderation_log WHERE sequence = 2", "row 3, event"),
        ("UPDATE moderation_log SET kind = 'moderation.approved' WHERE sequence = 4", "row 4, event"),
        ("UPDATE moderation_log SET region_code = '69' WHERE sequence = 4", "row 4, event"),
        ("UPDATE events SET reason = 'Спам' WHERE reason = 'Реклама 0'", "row 1, event"),
        ("UPDATE events SET actor_id = 99 WHERE reason = 'Реклама 1'", "row 3, event"),
        ("DELETE FROM moderation_log WHERE sequence = 4", "this event stands in no row"),
        ("INSERT INTO events (kind, at, actor_role, data) VALUES ('moderation.hidden', '2026-01-01', 'admin', '{}')", "stands in no row"),
    ],
)
def test_whatever_is_changed_past_the_guards_is_found(app, session, steps, statement, said):
    tamper(session, statement)
    answer = verdict(app)
    assert answer.exit_code == 1 and said in answer.output


def test_who_forges_a_row_has_to_forge_all_that_follow(app, session, steps):
    number, content = session.execute(select(LogRow.event_id, LogRow.content).where(LogRow.sequence == 2)).one()
    content = content.replace('"reason":null', '"reason":"Извините"')
    forged = chain.link(session.scalar(select(LogRow.hash).where(LogRow.sequence == 1)), content)
    session.rollback()
    tamper(session, f"UPDATE moderation_log SET content = '{content}', hash = '{forged}' WHERE sequence = 2")
    assert "row 2" in verdict(app).output  # the event says otherwise
    session.execute(text(f"UPDATE events SET reason = 'Извините' WHERE id = {number}"))
    session.commit()
    assert "row 3" in verdict(app).output  # and the next row was bound to what stood here


def test_steps_at_the_same_moment_make_one_chain(app, session):
    engine, start = session.get_bind(), threading.Barrier(4)

    def write(name):
        with Session(engine) as own:
            start.wait()
            for number in range(5):
                events.record(own, "moderation.hidden", by=SYSTEM, reason=f"{name} {number}")
                own.commit()

    threads = [threading.Thread(target=write, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert session.scalars(select(LogRow.sequence).order_by(LogRow.sequence)).all() == list(range(1, 21))
    session.rollback()
    assert verdict(app).exit_code == 0


def test_the_migration_chains_what_happened_before_there_was_a_chain(tmp_path):
    app = create_app(Testing(INSTANCE=str(tmp_path)))
    with app.app_context():
        upgrade(revision="0008")
        add = "INSERT INTO events (kind, at, actor_id, actor_role, person_id, reason, data) VALUES ('{}', '{}', 1, 'admin', 7, {}, '{}')"
        with db.engine.begin() as connection:
            for kind, at, reason, data in (
                ("moderation.suspended", "2025-03-01 10:00:00.000000", "'Спам «везде»'", '{"days": 3}'),
                ("comment.published", "2025-03-02 10:00:00.000000", "NULL", "{}"),
                ("moderation.released", "2025-03-03 10:00:00.120000", "NULL", "{}"),
            ):
                connection.exec_driver_sql(add.format(kind, at, reason, data))
        upgrade()
        events.record(db.session(), "moderation.verified", by=SYSTEM)
        db.session.commit()
        assert db.session.scalars(select(LogRow.kind).order_by(LogRow.sequence)).all() == [
            "moderation.suspended", "moderation.released", "moderation.verified",
        ]  # fmt: skip
        db.session.rollback()
        answer = verdict(app)
        db.engine.dispose()
    assert answer.exit_code == 0 and answer.output.startswith("3 rows")
