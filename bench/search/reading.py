"""Somebody who searches all the time: `python -m bench.search.reading PORT SEED PAUSE`. Says at the end, as JSON, how it was answered."""

import http.client
import json
import sys
import threading
import time
from collections import Counter
from random import Random
from urllib.parse import quote

# Each is in the volume, so that something must be found; the last has a typing error.
WORDS = ("жителей", "бюджета", "ремонт дворов", "вошли адресов", "собрали подписей", "«своими силами»", "жителлей")
ADDRESSES = ("/api/v1/search?q=", "/search?q=", "/api/v1/search?sort=new&q=")
AWAY = "Поиск сейчас не работает"


def main() -> None:
    """Ask until the input is closed."""
    port, chance, pause = int(sys.argv[1]), Random(int(sys.argv[2])), float(sys.argv[3])
    ended = threading.Event()

    def listen() -> None:
        sys.stdin.read()
        ended.set()

    threading.Thread(target=listen, daemon=True).start()
    answers: Counter[str] = Counter()
    slowest = 0.0
    while not ended.wait(pause):
        began = time.monotonic()
        answers[ask(port, chance.choice(ADDRESSES) + quote(chance.choice(WORDS)))] += 1
        slowest = max(slowest, time.monotonic() - began)
    print(json.dumps({"answers": answers, "slowest": slowest}), flush=True)


def ask(port: int, address: str) -> str:
    """What became of one question: `found`, or what was wrong with the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", address)
        response = connection.getresponse()
        body = response.read().decode("utf-8", "replace")
    except (OSError, http.client.HTTPException) as error:
        return type(error).__name__
    finally:
        connection.close()
    if response.status != 200:
        return str(response.status)
    if AWAY in body:
        return "search away"
    empty = json.loads(body)["total"] == 0 if address.startswith("/api") else 'class="results"' not in body
    return "nothing found" if empty else "found"


if __name__ == "__main__":
    main()
