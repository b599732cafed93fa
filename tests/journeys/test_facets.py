"""Narrowing results and widening them again, on a phone and at a desk, with scripts and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import check_page

pytestmark = pytest.mark.xdist_group("site")


def open_filters(page: Page) -> None:
    """On narrow screens the facets are folded."""
    summary = page.locator(".filters > summary")
    if summary.is_visible() and page.locator(".filters").get_attribute("open") is None:
        summary.click()


def press(page: Page, scope: str, text: str | re.Pattern[str]) -> None:
    """Follow the link of that text."""
    with page.expect_navigation():
        page.locator(scope).get_by_role("link", name=text).first.click()


def found(page: Page) -> int:
    """How many results the page says there are."""
    said = page.locator(".result-line [role=status]").inner_text()
    return int(re.sub(r"\D", "", said.partition(",")[0]))


@pytest.mark.parametrize(("width", "javascript"), [(320, True), (1280, True), (360, False)])
def test_narrow_order_turn_and_go_back(arrive, width, javascript):
    page = arrive(width=width, javascript=javascript)
    page.goto("/search?q=жители")
    everything = found(page)
    assert everything > 20
    if javascript:
        check_page(page)

    open_filters(page)
    count = page.locator(".facet a", has_text="Внедрена").locator(".num").inner_text()
    press(page, ".facet", re.compile("^Внедрена"))
    assert found(page) == int(count) < everything
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator(".results .status:not(.implemented)")).to_have_count(0)
    open_filters(page)
    press(page, ".facet", re.compile("^Пилот"))
    expect(page.locator(".chip")).to_have_count(2)
    assert found(page) > int(count)
    if javascript:
        open_filters(page)
        page.locator(".facet .more > summary").first.click()
        check_page(page)

    press(page, ".chips", re.compile("Убрать: Пилот"))
    assert found(page) == int(count)
    press(page, ".chips", re.compile("Убрать: Внедрена"))
    assert found(page) == everything
    expect(page.locator(".chip")).to_have_count(0)

    press(page, ".sorts", "новые")
    first = page.locator(".results h2").first.inner_text()
    expect(page.locator(".sorts [aria-current]")).to_have_text("новые")
    press(page, ".pages", re.compile("Дальше"))
    assert "sort=new" in page.url and "page=2" in page.url
    expect(page.locator(".results h2").first).not_to_have_text(first)
    expect(page.locator(".result-line [role=status]")).to_contain_text("страница 2")
    page.go_back()
    expect(page.locator(".results h2").first).to_have_text(first)
    page.go_back()
    expect(page.locator(".sorts [aria-current]")).to_have_text("подходящие")

    press(page, ".tabs", re.compile("^Люди|^Комментарии"))
    assert "kind=" in page.url and found(page) < everything
    page.locator("header [name=q]").fill("освещение")
    with page.expect_navigation():
        page.locator("header .search button").click()
    assert "kind=" not in page.url and "sort=" not in page.url


def test_a_region_is_chosen_by_its_name(arrive):
    page = arrive(width=1280)
    page.goto("/search?q=жители&kind=practice")
    page.locator(".facet .more > summary").first.click()
    region = page.locator("#f-region option").nth(1)
    name, value = region.inner_text().rpartition(" (")[0], region.get_attribute("value")
    page.locator("#f-region").select_option(value)
    with page.expect_navigation():
        page.locator(".narrow-by button").click()
    expect(page.locator(".chip")).to_contain_text(name)
    assert "kind=practice" in page.url
    for place in page.locator(".results .eyebrow").all_inner_texts():
        assert name in place


OTHERS = ["/search", "/search?q=абракадабраще", "/search?q=двор регион:Нарния&status=pilot", "/search?q=соколова", "/search?q=асвещение"]


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", OTHERS)
def test_other_pages_of_search_have_no_barrier(arrive, width, address):
    page = arrive("employee" if width == 1280 else "", width=width, dark=width == 320)
    page.goto(address)
    check_page(page)
