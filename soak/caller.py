"""Who calls the site: a visitor that takes every answer as it comes, and says what became of a request that got none."""

import http.client
from dataclasses import dataclass

from bench.visitor import Answer, Visitor

ANY = tuple(range(100, 600))
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Unreached(OSError):
    """Nobody took the connection: the request was never accepted."""


@dataclass
class Caller(Visitor):
    """Like a browser that opens a connection for every request where `fresh`."""

    fresh: bool = False

    def ask(self, method: str, address: str, body: str | None = None, **headers: str) -> Answer:
        """Any answer. Raises Unreached where nobody listens, another OSError where the connection broke after that."""
        if self.fresh:
            self.connection.close()
        try:
            if self.connection.sock is None:
                self.connection.connect()
        except OSError as error:
            raise Unreached(str(error)) from error
        own = FORM | {"Origin": f"http://127.0.0.1:{self.port}"} if method == "POST" else {}
        try:
            return self._send(method, address, body, {**own, **headers}, ANY)
        except ConnectionRefusedError as error:  # the kept connection had ended, and nobody takes another one
            raise Unreached(str(error)) from error
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            raise ConnectionResetError(f"{type(error).__name__}: {error}") from error
