"""The process that keeps the index fresh: what dies is followed by the next at once, and nobody is left behind."""

import os
import signal
import time
from contextlib import suppress

import pytest

from bench.search.running import Indexer
from forum.search.port import Query

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


def test_with_its_guard_dead_the_child_ends_by_itself(indexer, make, app):
    child = indexer.wait_for_child(PATIENCE)
    indexer.kill()
    until(lambda: not alive(child))
    with Indexer(FORUM_INSTANCE=app.config["INSTANCE"], FORUM_ENV="testing"):
        make.practice("Ёлочные базары")
        until(lambda: app.extensions["search"].search(Query("базар")).total == 1)


def test_told_to_stop_both_end_at_once(indexer):
    child = indexer.wait_for_child(PATIENCE)
    assert indexer.end() == 0
    assert not alive(child)
