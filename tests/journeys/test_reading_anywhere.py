"""Paper, large letters, narrow lines, and the next page fetched ahead: in a real browser."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import axe, sideways_scroll, wait_until
from tests.journeys.addresses import addresses
from tests.journeys.test_keyboard import enter, tab_to

pytestmark = pytest.mark.xdist_group("pages")

A4_POINTS, MARGIN_POINTS = 595, 45
READ = ("/", "/practices", "PRACTICE", "PASSPORT", "/search?q=двор", "/display")


def printed(page) -> PdfReader:
    return PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))


def words_of(document: PdfReader) -> str:
    return " ".join("".join(page.extract_text() for page in document.pages).split())


def beyond_the_paper(document: PdfReader) -> list[str]:
    """Words that begin in the right margin or beyond: they would be cut."""
    found: list[str] = []

    def look(text: str, turned: list[float], at: list[float], *_more: object) -> None:
        if text.strip() and at[4] * turned[0] + at[5] * turned[2] + turned[4] > A4_POINTS - MARGIN_POINTS:
            found.append(text)

    for page in document.pages:
        page.extract_text(visitor_text=look)
    return found


def test_a_passport_prints_whole(arrive, places):
    page = arrive("employee")
    page.goto(places["PASSPORT"])
    told = page.evaluate(
        "[...document.querySelectorAll('article :is(h1, h2, p, td, th, li, dt, dd)')]"
        ".filter(each => each.offsetParent && !each.closest('.no-print') && !each.children.length).map(each => each.textContent)"
    )
    assert len(told) > 60
    document = printed(page)
    squeezed = re.sub(r"\W", "", words_of(document))
    assert [words for words in told if re.sub(r"\W", "", words) not in squeezed] == []
    assert beyond_the_paper(document) == []
    assert 2 <= len(document.pages) <= 8
    for of_the_site in ("Регионы", "Журнал модерации", "Без комментариев"):
        assert of_the_site not in words_of(document)


def test_the_page_of_a_practice_prints_without_the_site_around_it(arrive, places):
    page = arrive(javascript=False)
    page.goto(places["PRACTICE"])
    document = printed(page)
    words = words_of(document)
    assert page.locator("h1").inner_text().split()[0] in words and "Откуда деньги" in words
    assert "Обсуждение" not in words and "Войти" not in words and "Похожие практики" not in words
    assert beyond_the_paper(document) == [] and len(document.pages) <= 6


def test_the_button_prints(arrive, places):
    page = arrive()
    page.goto(places["PASSPORT"])
    page.evaluate("window.print = () => document.body.dataset.printed = 'yes'")
    page.get_by_role("button", name="Печать").click()
    expect(page.locator("body")).to_have_attribute("data-printed", "yes")


def test_large_letters_and_narrow_windows_never_scroll_sideways(arrive, places):
    page = arrive()
    for address in addresses(READ, places):
        for width, size in ((1280, "200%"), (640, "100%"), (320, "100%")):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(address)
            page.evaluate("size => document.documentElement.style.fontSize = size", size)
            assert sideways_scroll(page) == 0, (address, width, size)


def test_the_panel_by_keyboard_and_without_scripts(arrive):
    page = arrive(javascript=False)
    page.goto("/practices")
    tab_to(page, page.get_by_role("link", name="Вид для слабовидящих"), 8)
    enter(page)
    tab_to(page, page.locator("[name=size]").first, 12)
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    tab_to(page, page.locator("[name=colours]").first, 2)
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_role("button", name="Применить"), 3)
    enter(page)
    expect(page.locator("html[data-size=largest][data-theme=white]")).to_have_count(1)
    expect(page.locator("#told")).to_contain_text("Вид изменён")
    page.get_by_role("link", name="Вернуться к чтению").click()
    expect(page).to_have_url(re.compile("/practices$"))
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"


@pytest.mark.parametrize("look", ["large.wide.blue.words", "largest.usual.white.shown"])
def test_every_look_is_without_barriers(arrive, places, site, look):
    page = arrive()
    page.context.add_cookies([{"name": "display", "value": look, "url": site.url}])
    for address in addresses(("/", "PRACTICE", "/display"), places):
        page.goto(address)
        assert axe(page) == [], (address, look)
        assert sideways_scroll(page) == 0, (address, look)


def test_the_queue_in_the_largest_letters_fits_a_narrow_window(arrive, site):
    page = arrive("moderator", width=320)
    page.context.add_cookies([{"name": "display", "value": "largest.wide.usual.shown", "url": site.url}])
    page.goto("/moderation")
    assert sideways_scroll(page) == 0


def move_about(page) -> None:
    """Come to a list as a guest who moves the pointer: then the module that fetches ahead is there."""
    page.goto("/practices")
    page.locator("h1").hover()
    wait_until(page, "performance.getEntriesByType('resource').some(each => each.name.includes('prefetch.js'))")


def test_the_next_page_is_fetched_on_the_way_to_it_and_not_twice(arrive):
    page = arrive(fresh=True)
    move_about(page)
    link = page.locator("main h2 a").first
    link.hover()
    expect(page.locator("link[rel=prefetch]")).to_have_count(1)
    there = "href => performance.getEntriesByName(href).some(each => each.responseEnd)"
    wait_until(page, there, link.evaluate("a => a.href"))
    with page.expect_navigation():
        link.click()
    # At most a question whether it is still true: the page itself came before.
    assert page.evaluate("performance.getEntriesByType('navigation')[0].transferSize") < 1_000


def test_what_is_not_the_same_for_all_is_never_fetched_ahead(arrive):
    page = arrive(fresh=True)
    move_about(page)
    for link in (page.get_by_role("link", name="Войти"), page.get_by_role("link", name="Лента Atom"), page.locator(".to-display")):
        link.hover()
        page.wait_for_timeout(200)
    assert page.locator("link[rel=prefetch]").count() == 0


def test_who_saves_data_fetches_nothing_ahead(arrive):
    page = arrive()
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'connection', {get: () => ({saveData: true, effectiveType: '4g'})})")
    move_about(page)
    page.locator("main h2 a").first.hover()
    page.wait_for_timeout(300)
    assert page.locator("link[rel=prefetch]").count() == 0


@pytest.mark.parametrize("width", [360, 1280])
def test_a_word_without_end_pushes_no_page_sideways(arrive, places, width):
    page = arrive(width=width)
    page.goto("/requests")
    # With offers, and without.
    requests = page.locator(".results h2 a").evaluate_all("links => links.map(each => each.getAttribute('href'))")
    page.goto(places["PRACTICE"])
    adoption = page.locator("#adoptions a[href^='/adoptions/']").first.get_attribute("href")
    for path in ("/failures", "/requests", *requests, adoption, f"{places['PRACTICE'].rsplit('/', 1)[0]}/adoptions"):
        page.goto(path)
        page.evaluate(
            "document.querySelectorAll('article h1, .results :is(p, h2 a, h3 a), .prose p, .tag')"
            ".forEach(each => { if (!each.children.length && each.textContent) each.textContent = 'щ'.repeat(200) })"
        )
        assert sideways_scroll(page) == 0, path
