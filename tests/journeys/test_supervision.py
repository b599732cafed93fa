"""What dies is started again, and what was acknowledged is there."""

import os
import signal
import time
import urllib.parse
from contextlib import suppress
from pathlib import Path

import pytest

from tests.journeys.stranger import Stranger
from tests.journeys.test_stranger import eventually

SEARCH = "/search?" + urllib.parse.urlencode({"kind": "comment", "q": "якорь шлагбаум"})

pytestmark = pytest.mark.xdist_group("site")


def children_of(parent: int) -> dict[int, str]:
    """The command lines of a process's children, by pid."""
    found: dict[int, str] = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        with suppress(OSError):
            if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                found[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ")
    return found


def processes_of(instance: Path) -> dict[str, int]:
    """The site's processes by what they are: web (gunicorn's master), worker, indexer."""
    parts = {"web": "gunicorn", "indexer": "search indexer", "worker": "flask worker"}
    children = children_of(int((instance / "supervisord.pid").read_text()))
    return {name: pid for name, part in parts.items() for pid, command in children.items() if part in command}


def test_killed_processes_come_back_and_nothing_is_lost(site):
    employee = Stranger(site.url).sign_in("colleague@demo.example")
    guest = Stranger(site.url)
    before = processes_of(site.instance)
    assert set(before) == {"web", "worker", "indexer"}
    number = guest.get("/api/v1/practices?limit=1")[1].split('"id":')[1].split(",")[0].strip()
    token = employee.token("/account")
    status, _ = employee.post(f"/entries/{number}/comments", csrf_token=token, body="Напишите, сколько стоил якорь для шлагбаума?")
    assert status == 200
    orphans = children_of(before["web"])
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)

    def answers(path: str) -> tuple[int, str]:
        # The killed master's workers may answer for a moment yet; between their end and the new ones nobody does.
        try:
            return guest.get(path)
        except OSError:
            time.sleep(0.2)
            return 0, ""

    def back() -> bool:
        now = processes_of(site.instance)
        return set(now) == set(before) and set(now.values()).isdisjoint(before.values()) and answers("/readyz")[0] == 200

    def found() -> bool:
        return "якорь" in answers(SEARCH)[1].replace("<mark>", "").replace("</mark>", "")

    assert eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in orphans), 30)
    assert eventually(back, 30)
    assert eventually(found, 30)
