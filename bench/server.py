"""A gunicorn of one worker on loopback, and the CPU time its worker has used."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

ROOT = Path(__file__).parent.parent
START_SECONDS = 60


class Server:
    """Started on entering, stopped (by its own process id) on leaving."""

    def __init__(self, application: str, conf: str, **environment: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port: int = free.getsockname()[1]
        self.command = [sys.executable, "-m", "gunicorn", "-c", conf, application]
        own = {"HOST": "127.0.0.1", "PORT": str(self.port), "WEB_CONCURRENCY": "1", "OPENBLAS_NUM_THREADS": "1"}
        self.environment = os.environ | own | environment
        self.worker = 0

    def __enter__(self) -> Self:
        # Its log goes where errors go: it must not stand among the figures.
        self.process = subprocess.Popen(self.command, cwd=ROOT, env=self.environment, stdout=2)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                self.worker = int(Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()[0])
            except (OSError, IndexError):
                time.sleep(0.1)
            else:
                return self
        self.__exit__()
        raise RuntimeError(f"{' '.join(self.command)} did not start")

    def __exit__(self, *error: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def cpu(self) -> float:
        """Milliseconds of CPU the worker has used so far, all its threads together."""
        tasks = Path(f"/proc/{self.worker}/task")
        try:
            return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks.iterdir()) / 1e6
        except FileNotFoundError:  # a kernel without scheduler statistics: hundredths of a second
            fields = Path(f"/proc/{self.worker}/stat").read_text().rpartition(")")[2].split()
            return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")
