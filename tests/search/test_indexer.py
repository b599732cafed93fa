"""The process that keeps the index fresh: what dies is followed by the next at once, and nobody is left behind."""

import os
import signal
import time
from contextlib import suppress

import pytest

from bench.search.running import Indexer
from forum.search import indexing
from forum.search.port import Query
from forum.search.queue import waiting

PATIENCE = 600


def until(true):
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def alive(pid):
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def none_waits(session):
    number = waiting(session)
    session.rollback()  # holds nothing open, and looks anew
    return number == 0


@pytest.fixture
def indexer(app):
    with Indexer(FORUM_INSTANCE=app.config["INSTANCE"], FORUM_ENV="testing") as started:
        started.wait_for_child(PATIENCE)
        yield started


def test_a_killed_child_is_followed_by_another_that_does_its_work(indexer, make, app):
    first = indexer.wait_for_child(PATIENCE)
    os.kill(first, signal.SIGKILL)
    practice = make.practice("Ёлочные базары")
    until(lambda: practice.id in app.extensions["search"].versions())
    assert indexer.wait_for_child(PATIENCE) != first
    assert indexer.alive


def test_with_its_guard_dead_the_child_ends_by_itself_and_nothing_is_lost(indexer, make, app, session):
    child = indexer.wait_for_child(PATIENCE)
    practice = make.practice("Ёлочные базары")
    until(lambda: practice.id in app.extensions["search"].versions())
    make.practice("Вдогонку")
    indexer.kill()
    until(lambda: not alive(child))
    with Indexer(FORUM_INSTANCE=app.config["INSTANCE"], FORUM_ENV="testing"):
        make.practice("Лыжня у школы")
        until(lambda: app.extensions["search"].search(Query("лыжня")).total == 1)
        until(lambda: none_waits(session))
    assert indexing.differences(session, app.extensions["search"]) == []


def test_the_index_follows_what_happens_and_told_to_stop_both_end_at_once(indexer, make, app, session):
    child = indexer.wait_for_child(PATIENCE)
    practice = make.practice("Ёлочные базары")
    until(lambda: app.extensions["search"].search(Query("базар")).total == 1)
    practice.unpublish(by=make.actor(make.person()))
    session.commit()
    until(lambda: app.extensions["search"].search(Query("базар")).total == 0)
    assert indexer.end() == 0
    assert not alive(child)
