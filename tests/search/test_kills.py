"""The index survives its writer being killed: the benchmark's run, small."""

import pytest

from bench.search import kills

KILLS = 5  # one of each kind: while writing, while tending, during a rebuild, guard and all, at any moment


@pytest.fixture
def site(app, tmp_path):
    """A volume with its index, and the environment that leads other processes to it."""
    made = app.test_cli_runner().invoke(args=["demo", "bulk", "--practices", "60", "--comments", "20", "--people", "10", "--index"])
    assert made.exit_code == 0, made.output
    app.extensions["search"].close()
    return {"FORUM_INSTANCE": str(tmp_path)}


def test_a_killed_indexer_loses_nothing_and_readers_never_notice(site):
    outcome = kills.run(site, KILLS, compared=20, pause=0.5, rate=10)
    assert outcome.kills.total() == KILLS
    assert outcome.left == []
    assert outcome.lost == []
    assert outcome.stale == []
    assert outcome.check == (0, "index and database agree\n")
    assert set(outcome.answers) == {"found"}
    assert set(outcome.changes) >= {"published", "edited"}
