"""A full outbox leaves the site's writers their turn."""

import sqlite3
import threading
import time

from forum import worker
from forum.core import events
from forum.core.actor import SYSTEM

HELD = 0.05  # seconds that each delivery holds the lock
PATIENCE = 2.0


def test_who_writes_meanwhile_gets_the_lock(app, session, monkeypatch):
    def slow(session, event):
        session.connection().exec_driver_sql("UPDATE people SET unread = unread")
        time.sleep(HELD)

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
