"""What somebody copied from the browser's line leads to an entry of this site, and to none of another's."""

import pytest

from forum.web.own_address import number_in

OURS = [
    "12",
    " 12 ",
    "/practices/12",
    "/practices/12/svet-vo-dvorah?from=x#c5",
    "https://forum.example/practices/12/svet",
    "http://forum.example/practices/12",
    "forum.example/practices/12/",
    "HTTPS://Forum.Example/PRACTICES/12",
    "https://opyt.example/practices/12",
]
OTHERS = [
    "https://elsewhere.example/practices/12",
    "elsewhere.example/practices/12",
    "https://forum.example@elsewhere.example/practices/12",
    "https://elsewhere.example/?at=forum.example/practices/12",
    "//elsewhere.example/practices/12",
    "/adoptions/12",
    "/practices/",
    "/practices/svet",
    "practices",
    "1" * 13,
    "١٢",
    "-12",
    "",
]


@pytest.fixture
def asked(app):
    app.config["PUBLIC_URL"] = "https://opyt.example"
    with app.test_request_context(base_url="https://forum.example"):
        yield


@pytest.mark.parametrize("typed", OURS)
def test_ours(asked, typed):
    assert number_in(typed, "practices") == 12


@pytest.mark.parametrize("typed", OTHERS)
def test_not_ours(asked, typed):
    assert number_in(typed, "practices") is None
