"""SIGTERM while requests come: every one that was accepted is answered."""

import signal
import threading
from collections import Counter

from bench.server import Server
from soak.caller import Caller, Unreached

CALLERS = 8


def run(site: dict[str, str], requests: int, addresses: tuple[str, ...] = ("/practices", "/healthz", "/regions")) -> Counter[str]:
    """Start and stop the web process under load until so many requests were accepted: what became of them."""
    told: Counter[str] = Counter()
    while told["answered"] + told["dropped"] < requests:
        _once(site, told, addresses, min(requests, 200))
        told["stops"] += 1
    return told


def _once(site: dict[str, str], told: Counter[str], addresses: tuple[str, ...], some: int) -> None:
    lock, begun = threading.Lock(), threading.Semaphore(0)
    # Kept connections that were idle when the door was shut may break: every client of HTTP asks again then.
    with Server("wsgi:app", "gunicorn.conf.py", **site, FORUM_RATE_LIMITS="off", WEB_CONCURRENCY="2") as server:

        def call(number: int) -> None:
            caller, count = Caller(server.port, fresh=number % 2 == 0), 0
            while True:
                try:
                    answer = caller.ask("GET", addresses[(number + count) % len(addresses)])
                    what = "answered" if answer.status < 500 else f"answered {answer.status}"
                except Unreached:
                    return
                except OSError:
                    what = "dropped" if caller.fresh else "broken between two"
                with lock:
                    told[what] += 1
                count += 1
                begun.release()

        threads = [threading.Thread(target=call, args=(number,)) for number in range(CALLERS)]
        for thread in threads:
            thread.start()
        for _ in range(some):
            begun.acquire(timeout=30)
        server.process.send_signal(signal.SIGTERM)
        for thread in threads:
            thread.join(60)
        server.process.wait(40)
