"""What dies is started again, and what was acknowledged is there."""

import os
import signal
import time
from pathlib import Path

import pytest

from tests.journeys.stranger import Stranger
from tests.journeys.test_stranger import eventually

pytestmark = pytest.mark.xdist_group("site")


def processes_of(instance: Path) -> dict[str, int]:
    """The site's processes by what they are: web (gunicorn's master), worker, indexer."""
    found: dict[str, int] = {}
    supervisor = int((instance / "supervisord.pid").read_text())
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            command = (entry / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        if parent == supervisor:
            name = next(
                (n for n, part in {"web": "gunicorn", "indexer": "search indexer", "worker": "flask worker"}.items() if part in command),
                None,
            )
            if name:
                found[name] = int(entry.name)
    return found


def test_killed_processes_come_back_and_nothing_is_lost(site):
    employee = Stranger(site.url).sign_in("colleague@demo.example")
    guest = Stranger(site.url)
    before = processes_of(site.instance)
    assert set(before) == {"web", "worker", "indexer"}
    number = guest.get("/api/v1/practices?limit=1")[1].split('"id":')[1].split(",")[0].strip()
    token = employee.token("/account")
    status, _ = employee.post(f"/entries/{number}/comments", csrf_token=token, body="Напишите, сколько стоил якорь для шлагбаума?")
    assert status == 200
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)

    def back():
        try:
            return guest.get("/readyz")[0] == 200 and set(processes_of(site.instance)) == set(before)
        except OSError:
            time.sleep(0.2)
            return False

    assert eventually(back, 30)
    assert set(processes_of(site.instance).values()).isdisjoint(before.values())
    assert eventually(
        lambda: (
            "якорь"
            in guest.get("/search?kind=comment&q=%D1%8F%D0%BA%D0%BE%D1%80%D1%8C%20%D1%88%D0%BB%D0%B0%D0%B3%D0%B1%D0%B0%D1%83%D0%BC")[1]
            .replace("<mark>", "")
            .replace("</mark>", "")
        ),
        20,
    )
