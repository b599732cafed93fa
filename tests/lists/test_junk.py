"""Addresses made by strangers and robots give a page, never an error of ours."""

import base64
import json
import random
from urllib.parse import quote

import pytest

NAMES = ("q", "region", "nomination", "tag", "status", "year", "sort", "page", "district", "population", "category", "tab", "x", "")
VALUES = (
    *("", "1", "-1", "0", "40", "9" * 30, "²", "٣", "1e9", "NaN", "null", "[]", "{}", "' OR 1=1 --", "\x00", "😀", "%", "../../etc"),
    "people",
    *("failed", "implemented", "new", "votes", "discussed", "2023", "10000", "0-5", "central", "osveshchenie", "ё" * 500, "<script>", "n"),
)


def cursor(*parts: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


CURSORS = (
    cursor("n", "2026-01-01T00:00:00+00:00", 1),
    cursor("n", "2026-01-01", 1),
    cursor("n", "2026-01-01T00:00:00", 10**30),
    cursor("p", "0001-01-01T00:00:00+14:00", 1),
    cursor("p", "9999-12-31T23:59:59-14:00", 1),
    cursor("n", 1, 1),
    cursor("n", 2**63, 1),
    cursor("n", None, None),
    cursor("n", float("inf"), 1),
    cursor("n", [], {}),
    cursor("x", 1, 1),
    cursor("n", "\x00", 1),
    cursor("n", "\ud800", 1),
    cursor("n"),
    cursor(),
    "[" * 200,
    base64.urlsafe_b64encode(b"[" * 200).decode(),
    "A" * 5000,
)


def test_a_thousand_strange_addresses(visitor, make):
    author = make.practice(tags=["освещение"]).author_id
    assert author
    chance = random.Random(7)
    paths = ("/practices", "/regions/40", "/tags/osveshchenie", "/municipalities/1", "/", "/regions", "/feed.atom")
    for _ in range(1000):
        pairs = [(chance.choice(NAMES), chance.choice(VALUES + CURSORS)) for _ in range(chance.randrange(1, 9))]
        address = chance.choice(paths) + "?" + "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs)
        status = visitor.client.get(address).status_code
        assert status in (200, 302), f"{status} {address}"


@pytest.mark.parametrize("value", CURSORS)
@pytest.mark.parametrize("sort", ["new", "votes"])
def test_strange_cursors(visit, make, value, sort):
    make.practice()
    visit(f"/practices?sort={sort}&page={value}")


LOST = (
    *("/regions/%00", "/regions/" + "9" * 400, "/tags/%D0%B0%00", "/tags/" + "a" * 2000, "/people/%FF%FE", "/people/%00"),
    *("/municipalities/99999999999999999999", "/municipalities/2147483647", "/sitemap-99999999999.xml", "/sitemap-2147483647.xml"),
)


@pytest.mark.parametrize("path", LOST)
def test_what_does_not_exist_is_not_found(visitor, path):
    visitor.open(path, expect=404, check="%00" not in path)
