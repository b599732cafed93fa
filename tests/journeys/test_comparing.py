"""Four practices are chosen, compared and printed; without scripts two."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import check_page, sideways_scroll

pytestmark = pytest.mark.xdist_group("site")

A4_LANDSCAPE = (842, 595)


def put_in(page, number: int) -> None:
    """Press «Сравнить» on a card of the list."""
    button = page.locator(".results .to-compare button").nth(number)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def test_four_are_chosen_compared_and_printed_on_one_page(arrive):
    page = arrive(width=1280)
    page.goto("/practices?nomination=1")
    for number in range(3):
        put_in(page, number)
    page.locator(".results h2 a").nth(3).click()
    page.locator(".actions .to-compare button").click()
    tray = page.locator("form.tray")
    expect(tray.get_by_role("status")).to_have_text("4")
    tray.get_by_role("link", name="Сравнить").click()
    expect(page).to_have_url(re.compile(r"/compare\?practice=\d+(&practice=\d+){3}$"))
    check_page(page)
    rows, marked = page.locator(".compare tbody tr:not(.group)").count(), page.locator(".compare tr.differs").count()
    assert rows > marked > 10
    document = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert [(round(one.mediabox.width), round(one.mediabox.height)) for one in document.pages] == [A4_LANDSCAPE]
    printed = re.sub(r"\W", "", document.pages[0].extract_text())
    for title in page.locator(".compare thead a:not(.link)").all_inner_texts():
        assert re.sub(r"\W", "", title) in printed
    assert "Условиятиражирования" in printed and "Печать" not in printed
    page.get_by_role("link", name="Только различия").click()
    expect(page.locator(".compare tbody tr:not(.group)")).to_have_count(marked)
    with page.expect_download() as download:
        page.get_by_role("link", name="Таблица XLSX").click()
    assert download.value.suggested_filename == "compare.xlsx"
    # A fifth takes the place of one of them.
    page.goto("/practices?nomination=1")
    page.locator(".results .to-compare button").nth(5).click()
    page.get_by_role("button", name="Вместо").first.click()
    expect(page.locator(".compare thead a:not(.link)")).to_have_count(4)


def test_on_a_phone_without_scripts(arrive):
    page = arrive(width=360, javascript=False)
    for number in (0, 1):
        page.goto("/practices")
        page.locator(".results .to-compare button").nth(number).click()
    expect(page.locator(".compare thead a:not(.link)")).to_have_count(2)
    assert sideways_scroll(page) == 0
    page.get_by_role("button", name="Убрать").first.click()
    expect(page.locator(".compare thead a:not(.link)")).to_have_count(1)
    page.get_by_role("button", name="Очистить").click()
    expect(page.get_by_role("heading", name="Сравнивать пока нечего")).to_be_visible()
