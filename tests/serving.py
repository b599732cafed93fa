"""The site's processes as `make serve` starts them, over a folder of the tests' own."""

import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATIENCE = 240
LOG = "output.log"


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def serve(instance: Path, port: int) -> subprocess.Popen[bytes]:
    """`bin/serve` in a process group of its own; what it says goes into the folder."""
    own = {key: value for key, value in os.environ.items() if not key.startswith(("FORUM_", "COV_"))}
    variables = {
        **own,
        "PORT": str(port),
        "HOST": "127.0.0.1",
        "FORUM_INSTANCE": str(instance),
        "FORUM_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "FORUM_RATE_LIMITS": "off",
    }
    with (instance / LOG).open("wb") as log:
        return subprocess.Popen([ROOT / "bin" / "serve"], cwd=ROOT, env=variables, stdout=log, stderr=log, start_new_session=True)


def load_as_a_newcomer_does(instance: Path) -> None:
    """Bring an empty folder to where the processes of the site would start: migrated, the demonstration loaded."""
    process = serve(instance, free_port())
    deadline = time.monotonic() + PATIENCE
    try:
        while "The demonstration is loaded" not in (said := (instance / LOG).read_text("utf-8", "replace")):
            assert process.poll() is None and time.monotonic() < deadline, said
            time.sleep(0.05)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        process.wait(40)
