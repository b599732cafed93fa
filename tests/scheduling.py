"""Which tests share one process under pytest-xdist: those of files with the same mark `xdist_group`.

`--dist loadgroup` writes the group of a test into its node id, which pytest 9.2 no longer lets it do: every process would
start a site of its own. Until it can, the mark is read in the file.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadGroupScheduling

ROOT = Path(__file__).parent.parent
MARK = re.compile(r'^pytestmark = pytest\.mark\.xdist_group\("([\w ]+)"\)', re.MULTILINE)


@cache
def group_of(file: str) -> str | None:
    """The group of a file of tests."""
    found = MARK.search((ROOT / file).read_text("utf-8"))
    return found and found[1]


class ByFile(LoadGroupScheduling):
    """A test goes with its group, else alone."""

    def _split_scope(self, nodeid: str) -> str:
        own = "postgresql" if "[postgresql" in nodeid else nodeid
        return group_of(nodeid.partition("::")[0]) or own


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFile | None:
    """Only where groups were asked for."""
    return ByFile(config, log) if config.getvalue("dist") == "loadgroup" else None
