"""The commands, and the process that keeps the index fresh."""

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from forum.search import indexing
from forum.search.port import Query

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(app):
    return app.test_cli_runner().invoke


@pytest.fixture
def indexer(app):
    """Starts `flask search indexer` on the test's instance; what still runs in the end is stopped."""
    started = []

    def start():
        environment = {**os.environ, "FORUM_INSTANCE": app.config["INSTANCE"], "FORUM_ENV": "testing", "FLASK_APP": "wsgi.py"}
        command = [sys.executable, "-m", "flask", "search", "indexer"]
        started.append(subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stderr.close()


def until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_drain_then_check_is_green(run, make):
    make.practice("Ёлочные базары")
    assert run(args=["search", "drain"]).output == "2 documents indexed\n"
    checked = run(args=["search", "check"])
    assert (checked.exit_code, checked.output) == (0, "index and database agree\n")


def test_check_fails_and_lists_what_differs(run, make, session, app):
    practice = make.practice()
    run(args=["search", "drain"])
    app.extensions["search"].write([], removed=[practice.id])
    checked = run(args=["search", "check"])
    assert checked.exit_code == 1
    assert f"missing {practice.id}" in checked.output


def test_rebuild_needs_nothing_but_the_database(run, make, app):
    practice = make.practice("Ёлочные базары")
    rebuilt = run(args=["search", "rebuild"])
    assert rebuilt.exit_code == 0
    assert "2 documents in the new index" in rebuilt.output
    assert [hit.id for hit in app.extensions["search"].search(Query("елочный базар")).hits] == [practice.id]
    assert run(args=["search", "check"]).exit_code == 0


def test_only_one_process_writes_and_a_drain_waits_its_turn(indexer, make, app, session, run):
    with indexing.writing(Path(app.config["INSTANCE"])):
        process = indexer()
        make.practice("Ждёт очереди")
        drained = threading.Thread(target=run, kwargs={"args": ["search", "drain"]})
        drained.start()
        time.sleep(3)
        assert app.extensions["search"].versions() == {}
        assert process.poll() is None
    drained.join(20)
    until(lambda: len(app.extensions["search"].versions()) == 2)  # the practice and its author
    assert indexing.differences(session, app.extensions["search"]) == []


def test_who_does_not_want_to_wait_is_told(tmp_path):
    with indexing.writing(tmp_path), pytest.raises(indexing.Busy), indexing.writing(tmp_path, give_up=lambda: True):
        pass
    with indexing.writing(tmp_path, give_up=lambda: True):
        assert (tmp_path / "search.lock").exists()
