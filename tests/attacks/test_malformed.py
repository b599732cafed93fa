"""Requests that no browser sends, to every address: an answer below 500, and no row more or less."""

import random
import re
from urllib.parse import quote

import pytest

SEGMENTS = (
    "%00",
    "%ED%A0%80",
    "%FF%FE",
    "-1",
    "9" * 30,
    "1e9",
    "..%2f..%2fetc",
    "<script>",
    "{{7*191}}",
    "٣",
    "0",
    "%0d%0aX-A:b",
    "a" * 900,
)
VALUES = ("", "\x00", "9" * 400, "1e309", "nan", "' or 1=1--", "\u202e", "٣", "²", "a" * 9_000, "[]", "2022-13", "0x10", "-1")
NAMES = (
    "q",
    "region",
    "tag",
    "status",
    "year",
    "sort",
    "page",
    "kind",
    "order",
    "next",
    "limit",
    "cursor",
    "parent",
    "quote",
    "check",
    "code",
    "endpoint",
    "_scheme",
    "nomination",
    "lang",
)
FIELDS = (
    "title",
    "body",
    "parent",
    "value",
    "reason",
    "note",
    "version",
    "action",
    "add",
    "remove",
    "steps-0-what",
    "steps-999999-what",
    "indicators-0-before",
    "costs-local",
    "attachments-0-id",
    "attachments-0-position",
    "municipality",
    "nomination",
    "donor",
    "tags",
    "role",
    "regions",
    "days",
    "published",
    "discard",
    "preview",
    "lang",
    "next",
    "carried",
    "scope",
    "domain",
    "region",
    "valid_on",
)
BODIES = (
    (b'{"a":' + b"[" * 20_000, "application/json"),
    (b"\xff\xfe\x00--x\r\nContent", "multipart/form-data; boundary=x"),
    (b'--x\r\nContent-Disposition: form-data; name="body"\r\n\r\n', "multipart/form-data; boundary=x"),
    (b'--x\r\nContent-Disposition: form-data; name="p"\r\n\r\n1\r\n' * 3000 + b"--x--", "multipart/form-data; boundary=x"),
    (b"a=1", "multipart/form-data"),
    (b"body=%ED%A0%80&title=%ED%A0%80%00", "application/x-www-form-urlencoded; charset=utf-7"),
    (b"<a/>", "text/xml"),
)
HEADERS = (
    {"Accept": "application/json"},
    {"Accept": "*/*;q=x"},
    {"If-None-Match": '"' * 50},
    {"Range": "bytes=0-1,5-"},
    {"Cookie": 'session="; ;;='},
    {"Authorization": "Bearer"},
    {"Authorization": "Bearer \xe9"},
    {"If-Modified-Since": "never"},
    {"Accept-Encoding": "gzip;q=x"},
    {},
    {},
)


class Sender:
    """Makes a request of an address's rule, the same each time."""

    def __init__(self, client, seed: str, token: str) -> None:
        self.client, self.dice, self.token = client, random.Random(seed), token

    def send(self, rule) -> tuple[str, int]:
        dice = self.dice
        method = dice.choice([*sorted(rule.methods - {"OPTIONS"}), "POST", "TRACE"])
        path = re.sub(r"<[^<>]+>", lambda _: dice.choice([*SEGMENTS, "1", "1", "1", "2", "40", "item"]), rule.rule)
        query = "&".join(f"{dice.choice(NAMES)}={quote(dice.choice(VALUES))}" for _ in range(dice.randint(0, 3)))
        body, kind = None, None
        if method not in ("GET", "HEAD", "TRACE"):
            body, kind = dice.choice(BODIES) if dice.random() < 0.3 else (self._form(), "application/x-www-form-urlencoded")
        answer = self.client.open(f"{path}?{query}", method=method, data=body, content_type=kind, headers=dice.choice(HEADERS))
        return f"{method} {path[:90]}?{query[:120]} {(body or b'')[:90]!r}", answer.status_code

    def _form(self) -> bytes:
        pairs = [f"{self.dice.choice(FIELDS)}={quote(self.dice.choice(VALUES))}" for _ in range(self.dice.randint(0, 5))]
        return "&".join([*pairs, f"csrf_token={self.token}"]).encode()


@pytest.mark.parametrize("who", ["guest", "person", "moderator", "admin"])
def test_nothing_breaks_and_nothing_changes(app, browser, make, counts, indexed, who):
    practice = make.practice()
    make.comment(practice)
    indexed()
    reader = browser()
    if who != "guest":
        reader.sign_in(getattr(make, who)(confirmed=False))  # nobody may write: whatever changes is a fault
    sender, before = Sender(reader.client, who, reader.token("/account" if who != "guest" else "/login")), counts()
    apart = ("accounts.logout", "accounts.end_session", "accounts.join", "accounts.send_reset")
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in apart]
    for rule in rules * 3:
        request, status = sender.send(rule)
        assert status < 500, (status, request)
    # Anybody may keep what they read, ask for the letter of confirmation, and for a copy of their data.
    left = {"bookmarks", "follows", "mutes", "letters", "attempts", "data_copies"}
    after = counts()
    assert {name: n for name, n in after.items() if name not in left} == {name: n for name, n in before.items() if name not in left}
