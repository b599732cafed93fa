"""gunicorn's worker, with words of ours where a request is refused before it reaches the application: an address too long."""

import contextlib
import socket
import time
from typing import Any

from gunicorn.http.errors import LimitRequestHeaders, LimitRequestLine
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

REFUSED = {LimitRequestLine: "400 Bad Request", LimitRequestHeaders: "431 Request Header Fields Too Large"}
LINGER_SECONDS, LINGER_BYTES = 1.0, 1_000_000

# Both languages, and no style sheet: who asks is not known yet, nor what the style sheet is called.
PAGE = """<!doctype html>
<html lang="ru"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Запрос слишком длинный</title></head>
<body><main><h1>Запрос слишком длинный</h1>
<p>Сократите его до нескольких слов: поиск читает только первую тысячу знаков.</p>
<p><a href="/search">К поиску</a> · <a href="/">На главную</a></p>
<p lang="en">The request is too long. <a href="/search">Search with fewer words</a>.</p></main></body></html>
"""


class Worker(ThreadWorker):
    """Threads, as ever."""

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Any) -> None:
        """Answer what could not be read as a request."""
        status = REFUSED.get(type(exc))
        if status is None:
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("Refused a request from %s: %s", (addr or ("",))[0], status)
        with contextlib.suppress(OSError):
            write_nonblock(client, _answer(status))
            _linger(client)


def _answer(status: str) -> bytes:
    body = PAGE.encode()
    head = (
        f"HTTP/1.1 {status}",
        "Connection: close",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options: nosniff",
        "Cache-Control: no-store",
    )
    return "\r\n".join([*head, "", ""]).encode() + body


def _linger(client: socket.socket) -> None:
    """Read on for a moment: a connection closed over unread bytes is reset, and the answer lost with it."""
    client.shutdown(socket.SHUT_WR)
    deadline, left = time.monotonic() + LINGER_SECONDS, LINGER_BYTES
    while left > 0 and (patience := deadline - time.monotonic()) > 0:
        client.settimeout(patience)
        read = len(client.recv(65_536))
        if not read:
            return
        left -= read
