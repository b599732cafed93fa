"""The soak, small: kills, races and stops of the real site. At full size by `make soak`."""

from urllib.parse import urlsplit

import pytest

from soak import kills, races, shutdown
from soak.site import Site

pytestmark = pytest.mark.xdist_group("site")


@pytest.fixture
def running(site, long_ago):
    """The site of the journeys, as the soak knows it."""
    return Site.running(site.instance, urlsplit(site.url).port)


def missed(lines) -> list[tuple[str, str, str]]:
    """Figures that are not what they must be; times are for the soak alone, on a machine with nothing else to do."""
    return [(line.what, line.wanted, line.found) for line in lines if not line.holds and not line.what.startswith(("ready", "index"))]


def test_what_was_acknowledged_survives_kills(running):
    assert missed(kills.run(running, 3)) == []


def test_double_presses_and_two_moderators_at_once(running):
    assert missed(races.run(running, voters=2, doubles=2, cases=1)) == []


def test_a_web_process_that_is_told_to_stop_answers_whoever_it_let_in(running):
    told = shutdown.run({"FORUM_INSTANCE": str(running.folder)}, 60)
    assert told["dropped"] == 0 and told["answered"] >= 60
    assert set(told) <= {"answered", "dropped", "stops", "broken between two"}
