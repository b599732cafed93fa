"""A browser as far as benchmarks need one: one kept connection, cookies, forms with their token."""

import http.client
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
PASSWORD = "demo-password"
IDLE_SECONDS = 2


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Visitor:
    """Visits one server."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.used = 0.0
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, address: str, expect: int = 200, **headers: str) -> Answer:
        """Open a page; RuntimeError where the status is another."""
        return self._send("GET", address, None, headers, (expect,))

    def post(self, address: str, **fields: str) -> Answer:
        """Send a form; RuntimeError where it was not taken."""
        body = urlencode(fields)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.port}"}
        return self._send("POST", address, body, headers, (302, 303))

    def token(self, address: str) -> str:
        """The token of the forms on a page."""
        found = _TOKEN.search(self.get(address).body)
        if found is None:
            raise RuntimeError(f"no form with a token on {address}")
        return found[1]

    def sign_in(self, email: str) -> None:
        """Through the form."""
        self.post("/login", email=email, password=PASSWORD, csrf_token=self.token("/login"))

    def _send(self, method: str, address: str, body: str | None, headers: dict[str, str], expect: tuple[int, ...]) -> Answer:
        if time.monotonic() - self.used > IDLE_SECONDS:
            self.connection.close()  # the server closes idle ones; the next request opens a new one
        self.used = time.monotonic()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(method, address, body, headers | ({"Cookie": cookies} if cookies else {}))
        response = self.connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        if response.status not in expect:
            raise RuntimeError(f"{method} {address}: {response.status} instead of {expect}\n{text[:500]}")
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, text)
