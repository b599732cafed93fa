"""Which tests share one process under pytest-xdist.

`--dist loadgroup` writes the group of a test into its node id, which pytest 9.2 no longer lets it do: every process would
start a site of its own. Until it can, groups are told by the files; the marks `xdist_group` say the same to the reader.
"""

import pytest
from xdist.scheduler import LoadGroupScheduling

GROUPS = {
    "tests/journeys/": "site",
    # The same texts are taken to their stems by both.
    "tests/search/test_postgres_quality.py": "quality",
    "tests/architecture/test_postgresql.py": "postgresql",
    "tests/search/test_postgres": "postgresql",
    # What these set up once is dear: an index of the whole retrieval set, the demonstration.
    "tests/search/test_quality.py": "quality",
    "tests/demo/test_load.py": "demonstration",
    "tests/demo/test_bulk.py": "volume",
    "tests/practices/test_near_titles.py": "demonstration",
}


class ByFile(LoadGroupScheduling):
    """A test goes with its group, else alone."""

    def _split_scope(self, nodeid: str) -> str:
        own = "postgresql" if "[postgresql" in nodeid else nodeid
        return next((group for start, group in GROUPS.items() if nodeid.startswith(start)), own)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFile | None:
    """Only where groups were asked for."""
    return ByFile(config, log) if config.getvalue("dist") == "loadgroup" else None
