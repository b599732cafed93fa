"""Every page in a real browser, narrow and wide, light and dark: no barrier, valid HTML, no sideways scrolling, nothing from elsewhere."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Page

from tests.browser import axe, show, sideways_scroll
from tests.journeys.addresses import addresses
from tests.journeys.faults import listen
from tests.markup import valid_html

# Of another group than the journeys that write: two sites and two browsers keep both cores of a small machine busy.
pytestmark = pytest.mark.xdist_group("pages")

# How wide, and whether in the dark scheme.
FOUR = ((320, False), (1280, True), (320, True), (1280, False))
# Pages beyond the ten that are read most are looked at in two of the four, by turns, each beginning as wide as the last one ended.
TURNS = (FOUR[:2], FOUR[:1:-1])
# What depends on the scheme; the rest is asked once at each width.
OF_COLOUR = ("color-contrast",)

MAIN = {
    "": ["/", "/practices", "PRACTICE", "/search?q=освещение+дворов", "/login"],
    "employee": ["PRACTICE", "/practices/new", "/notifications"],
    "moderator": ["/moderation", "PRACTICE"],
}
REST = {
    "": [
        "/practices?nomination=2&status=failed&sort=votes",
        "/practices?region=40&q=двор",
        "/practices?tag=нет-такой",
        "/search?q=абракадабраще",
        "/search",
        "/regions",
        "/regions/40",
        "/regions/87",
        "TAG",
        "PERSON",
        "/people/employee?tab=thanks",
        "MUNICIPALITY",
        "/regions/40?tab=people",
        "/badges",
        "/practices/weekly",
        "HISTORY",
        "REVISION",
        "/about",
        "/costs",
        "/statistics",
        "/open-data",
        "/compare",
        "COMPARED",
        "/display",
        "PASSPORT",
        "/trust",
        "/help",
        "/help/writing",
        "/help/moderation",
        "/help?q=жалоба",
        "/privacy",
        "/register",
        "/register/sent",
        "/reset",
        "/reset/sent",
        "/reset/no-such-link",
        "/moderation/log",
        "/demand",
        "/failures",
        "/nowhere",
        "/design",
        "/demo/mail",
    ],
    "employee": [
        "OWN/edit",
        "OWN",
        "OWN/history",
        "OWN/keeper",
        "/account/practices",
        "/drafts",
        "DRAFT/edit",
        "DRAFT",
        "/account",
        "/account/tokens",
        "/account/sessions",
        "/account/second-factor",
        "/account/email",
        "/account/invitations",
        "/account/data",
        "/searches",
        "/admin/words",
        "/bookmarks",
        "/following",
        "/account/follows",
        "/people/employee",
        "COMMENTING",
        "/practices/2147483647/edit",
    ],
    "newcomer": ["/", "/account", "/drafts", "/notifications", "/bookmarks", "/searches", "/following", "HELD/hold"],
    "regional": ["/moderation"],
    "moderator": [
        "/moderation?kind=posts",
        "/moderation?kind=reports",
        "REPORT",
        "CASE/moderation",
        "CASE/moving",
        "CASE/merging",
        "HANDOVER",
        "/people/newcomer",
        "/people/newcomer/suspension",
        "/people/newcomer/warning",
        "/people/newcomer/silence",
        "/moderation/appeals",
        "/moderation/dashboard",
        "/moderation/reasons",
        "/moderation/reasons/1",
        "/moderation/reasons/new",
        "/moderation/log",
        "HELD/moderation",
        "/demand",
    ],
    "admin": [
        "/admin",
        "/admin?q=новикова",
        "/admin/domains",
        "/admin/people/newcomer",
        "/admin/people/regional",
        "/admin/people/newcomer/erasure",
        "/admin/synonyms?q=МКД",
        "/admin/synonyms/1",
        "/admin/words?q=казино",
    ],
}
ANSWERS = {
    "/nowhere": 404,
    "/practices/2147483647/edit": 404,
    "/admin/words": 403,
    "/practices?tag=нет-такой": 200,
    "/reset/no-such-link": 410,
}
# Their forms carry a token, and the token needs a session.
WITH_A_FORM = ("/login", "/register", "/reset")
CASES = [(who, path, FOUR) for who, paths in MAIN.items() for path in paths]
CASES += [(who, path, TURNS[number % 2]) for who, paths in REST.items() for number, path in enumerate(paths)]


class Tab(NamedTuple):
    """A tab that stays open, and what went wrong in it."""

    page: Page
    faults: list[str]


@pytest.fixture(scope="module")
def tabs(site, cookies, contexts) -> Iterator[Callable[[str], Tab]]:
    """The tab of a role, which goes from page to page as a reader's does."""
    known: dict[str, Tab] = {}

    def tab(who: str) -> Tab:
        if who not in known:
            page = contexts.new(True, site.url).new_page()
            page.context.add_cookies(cookies(who) if who else [])
            known[who] = Tab(page, [])
            listen(page, site.url, known[who].faults)
        return known[who]

    yield tab
    for each in known.values():
        each.page.context.close()
    assert not any(each.faults for each in known.values())  # what the last page said after its test


@pytest.mark.parametrize(("who", "path", "looks"), CASES, ids=[f"{who or 'guest'} {path}" for who, path, _looks in CASES])
def test_a_page_is_without_faults(tabs, places, who, path, looks):
    (address,) = addresses([path], places)
    page, faults = tabs(who)
    if not who:
        page.context.clear_cookies()  # those of a form before
    show(page, *looks[0])
    response = page.goto(address)
    assert response.status == ANSWERS.get(path, 200), address
    assert valid_html(response.text()) == []
    for number, look in enumerate(looks):
        show(page, *look)
        assert sideways_scroll(page) == 0, look
        assert axe(page, *(OF_COLOUR if number > 1 else ())) == [], look
    if not who and path not in WITH_A_FORM:
        assert page.context.cookies() == []
    met, faults[:] = faults[:], []
    assert met == []


def test_a_first_visit_is_light(arrive, places):
    """A guest's first look at a practice: at most 6 requests and 60 KB over the wire, pictures apart, and no cookie."""
    page = arrive(fresh=True)
    answers = []
    page.on("requestfinished", lambda request: answers.append(request))
    page.goto(places["PRACTICE"])
    page.wait_for_load_state("networkidle")
    texts = [request for request in answers if request.resource_type != "image"]
    sizes = {request.url: sum(request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize")) for request in texts}
    assert 2 <= len(texts) <= 6, sizes
    assert 5_000 < sum(sizes.values()) <= 60_000, sizes
    assert page.context.cookies() == []
