"""The site as `make serve` starts it, in a folder of its own, with people who can sign in."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

import psycopg
from sqlalchemy import make_url

from bench.server import ROOT
from soak.caller import Caller

PATIENCE = 180
PARTS = {"web": "gunicorn", "worker": "flask worker", "indexer": "search indexer"}


def own_environment(**more: str) -> dict[str, str]:
    """Ours, without settings of another site."""
    return {key: value for key, value in os.environ.items() if not key.startswith(("FORUM_", "COV_"))} | {"HOST": "127.0.0.1"} | more


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def until(come: Callable[[], bool], seconds: float) -> float | None:
    """How long it took to come; None where it did not in time."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if come():
            return time.monotonic() - began
        time.sleep(0.05)
    return None


def children_of(parent: int) -> dict[int, str]:
    """Command lines of a process's children by their ids."""
    found: dict[int, str] = {}
    with suppress(OSError):
        for child in Path(f"/proc/{parent}/task/{parent}/children").read_text().split():
            with suppress(OSError):
                found[int(child)] = Path(f"/proc/{child}/cmdline").read_text().replace("\0", " ")
    return found


class Site:
    """Running inside `with`. `people`: how many beside those of the demonstration; `volume`: practices and comments beside them."""

    def __init__(self, folder: Path, people: int = 10, volume: tuple[int, int] = (20, 40), **more: str) -> None:
        self.folder, self.people, self.volume, self.port = folder, people, volume, free_port()
        self.environment = own_environment(
            FORUM_INSTANCE=str(folder),
            PORT=str(self.port),
            FORUM_RATE_LIMITS="off",
            FORUM_PUBLIC_URL=f"http://127.0.0.1:{self.port}",
            TQDM_DISABLE="1",
            **more,
        )

    @classmethod
    def running(cls, folder: Path, port: int) -> Self:
        """One that somebody else has started."""
        site = cls(folder)
        site.port = port
        return site

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        practices, comments = map(str, self.volume)
        volume = ["--practices", practices, "--comments", comments, "--people", str(self.people), "--index"]
        for words in (["db", "upgrade"], ["demo", "load"], ["demo", "bulk", *volume]):
            self.command(*words)
        with (self.folder / "soak.log").open("wb") as log:
            self.process = subprocess.Popen([ROOT / "bin" / "serve"], cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        if until(self.ready, PATIENCE) is None:
            self.__exit__(None, None, None)
            raise RuntimeError((self.folder / "soak.log").read_text()[-2000:])
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def command(self, *words: str) -> tuple[int, str]:
        """A command of the site: its status and what it said."""
        done = subprocess.run([sys.executable, "-m", "flask", *words], cwd=ROOT, env=self.environment, text=True, capture_output=True)
        return done.returncode, done.stdout + done.stderr

    def processes(self) -> dict[str, int]:
        """The processes that the supervisor keeps, by what they are."""
        with suppress(OSError, ValueError):
            children = children_of(int((self.folder / "supervisord.pid").read_text()))
            return {name: pid for name, part in PARTS.items() for pid, command in children.items() if part in command}
        return {}

    def ready(self) -> bool:
        """Every process is there and the site says that it is well."""
        with suppress(OSError):
            return set(self.processes()) == set(PARTS) and Caller(self.port, fresh=True).ask("GET", "/readyz").status == 200
        return False

    def rows(self, query: str, *values: object) -> list[tuple]:
        """What the database says."""
        if url := self.environment.get("FORUM_DATABASE_URL"):
            with psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)) as there:
                asked: Any = query.replace("%", "%%").replace("?", "%s")
                return there.execute(asked, values).fetchall()
        with closing(sqlite3.connect(self.folder / "forum.sqlite3", timeout=30)) as connection:
            return connection.execute(query, values).fetchall()

    def faults(self) -> list[str]:
        """Lines of the log that tell of a crash."""
        lines = (self.folder / "soak.log").read_text(errors="replace").splitlines()
        return [line for line in lines if "] crash" in line or "Traceback" in line]

    def signed_in(self, email: str) -> "Member":
        return Member(self.port, email)

    def members(self, count: int) -> list["Member"]:
        """So many of the people, signed in: those of the volume, and where there is none, of the demonstration."""
        emails = self.rows("SELECT email FROM people WHERE email LIKE 'bulk%' ORDER BY id LIMIT ?", count)
        emails = emails or [(f"{name}@demo.example",) for name in ("employee", "colleague") * count][:count]
        return [Member(self.port, email) for (email,) in emails]


class Member(Caller):
    """Somebody who has signed in, with a token for their forms."""

    def __init__(self, port: int, email: str) -> None:
        super().__init__(port)
        self.email = email
        self.sign_in(email)
        self.form_token = self.token("/account")

    def send(self, address: str, **fields: str) -> int:
        """Send a form: the status of the answer."""
        return self.ask("POST", address, urlencode({"csrf_token": self.form_token, **fields})).status
