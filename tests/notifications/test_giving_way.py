"""A full outbox leaves the site's writers their turn."""

import sqlite3
import threading
import time

from forum import worker
from forum.core import events
from forum.core.actor import SYSTEM
from forum.extensions import db
from tests.economy import give_way

HELD = 0.05  # seconds that each delivery holds the lock
PATIENCE = 1.0


def test_who_writes_meanwhile_gets_the_lock(app, session, monkeypatch):
    def slow(session, event):
        session.connection().exec_driver_sql("UPDATE people SET unread = unread")
        time.sleep(HELD)

    monkeypatch.setattr(worker, "_give_way", give_way)  # as it is outside of tests
    monkeypatch.setitem(events._functions, "slow", slow)
    monkeypatch.setitem(events._handlers, "test.slow", ["slow"])
    for _ in range(30):
        events.record(session, "test.slow", by=SYSTEM)
    session.commit()
    refused, drained = [], threading.Event()

    def write_again_and_again():
        connection = sqlite3.connect(f"{app.config['INSTANCE']}/forum.sqlite3", timeout=PATIENCE, isolation_level=None)
        while not drained.is_set():
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("COMMIT")
            except sqlite3.OperationalError as error:
                refused.append(error)
            time.sleep(HELD)
        connection.close()

    writer = threading.Thread(target=write_again_and_again)
    writer.start()
    try:
        with app.app_context():
            assert worker.drain() == 30
    finally:
        drained.set()
        writer.join()
    assert refused == []


def test_a_delivery_that_finds_the_database_busy_waits_for_its_turn(app, session, monkeypatch):
    monkeypatch.setitem(events._functions, "quick", lambda session, event: None)
    monkeypatch.setitem(events._handlers, "test.quick", ["quick"])
    events.record(session, "test.quick", by=SYSTEM)
    session.commit()
    other = sqlite3.connect(f"{app.config['INSTANCE']}/forum.sqlite3", isolation_level=None)
    with app.app_context():
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 20")
        other.execute("BEGIN IMMEDIATE")
        [due] = worker._due()
        worker._deliver(due)
        other.execute("ROLLBACK")
        assert session.get(events.Delivery, due).tries == 0
        session.rollback()
        assert worker.drain() == 1
