"""A full outbox leaves others their turn: the site's writers, letters, and who wants the worker to stop."""

import os
import signal
import sqlite3
import threading
import time

import pytest

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


@pytest.fixture
def signals():
    """Handlers of signals as they were, afterwards."""
    before = [(number, signal.getsignal(number)) for number in (signal.SIGTERM, signal.SIGINT)]
    yield
    for number, handler in before:
        signal.signal(number, handler)


def test_a_worker_that_is_asked_to_stop_leaves_the_rest_for_the_next_one(app, session, monkeypatch, signals):
    monkeypatch.setitem(events._functions, "last", lambda session, event: os.kill(os.getpid(), signal.SIGTERM))
    monkeypatch.setitem(events._handlers, "test.last", ["last"])
    for _ in range(30):
        events.record(session, "test.last", by=SYSTEM)
    session.commit()
    with app.app_context():
        worker.run()
    assert len(events.due(session)) == 29


def test_letters_do_not_wait_for_the_end_of_a_long_outbox(app, session, monkeypatch, signals):
    sent = []
    monkeypatch.setitem(events._functions, "quick", lambda session, event: None)
    monkeypatch.setitem(events._handlers, "test.quick", ["quick"])
    for _ in range(250):
        events.record(session, "test.quick", by=SYSTEM)
    session.commit()

    def send_due():
        sent.append(len(events.due(db.session(), limit=1_000)))
        db.session.rollback()
        if len(sent) == 2:
            os.kill(os.getpid(), signal.SIGTERM)
        return 0

    monkeypatch.setattr(worker.post, "send_due", send_due)
    with app.app_context():
        worker.run()
    assert sent == [150, 50]
