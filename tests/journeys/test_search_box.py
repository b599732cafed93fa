"""The search box in a real browser: a combobox by keyboard, mouse and thumb, and a plain form underneath."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe, check_page, enhanced, sideways_scroll

pytestmark = pytest.mark.xdist_group("site")

DOORYARDS = re.compile(r"/practices/\d+/svetlye-dvory")


def box(page: Page):
    return page.locator(".bar [name=q]")


def offers(page: Page):
    return page.locator(".bar [role=listbox]")


def begin(page: Page, text: str, address: str = "/about") -> None:
    """Type into the header's box, key by key, and wait for the list."""
    page.goto(address)
    enhanced(page)
    box(page).click()
    box(page).press_sequentially(text, delay=20)
    expect(offers(page)).to_be_visible()


def chosen(page: Page):
    """The option that the field points to."""
    name = box(page).get_attribute("aria-activedescendant")
    return page.locator(f"#{name}")


def test_an_arrow_and_enter_open_a_practice(arrive):
    page = arrive()
    begin(page, "дворы светл")
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".bar [role=status]")).to_have_text(re.compile("подсказ"))
    page.keyboard.press("ArrowDown")
    expect(chosen(page)).to_have_attribute("aria-selected", "true")
    expect(chosen(page)).to_contain_text("Светлые дворы")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("дворы светл")
    page.keyboard.press("Enter")
    page.wait_for_url(DOORYARDS)


def test_enter_without_a_chosen_option_asks_the_question(arrive):
    page = arrive()
    begin(page, "дворы")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    expect(box(page)).not_to_have_attribute("aria-activedescendant", re.compile("."))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/search?q={quote('дворы')}")


def test_arrows_go_round_and_letters_go_on(arrive):
    page = arrive()
    begin(page, "двор")
    options = offers(page).get_by_role("option")
    page.keyboard.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Home")
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    page.keyboard.press("ArrowDown")
    expect(offers(page).locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.type("ы")
    expect(offers(page).locator("[aria-selected=true]")).to_have_count(0)
    page.keyboard.press("Tab")
    expect(offers(page)).to_be_hidden()
    expect(box(page)).not_to_be_focused()


def test_escape_closes_the_list_and_then_clears_the_field(arrive):
    page = arrive()
    begin(page, "двор")
    page.keyboard.press("Escape")
    expect(offers(page)).to_be_hidden()
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    expect(box(page)).to_have_value("двор")
    page.keyboard.press("ArrowDown")
    expect(offers(page).get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(box(page)).to_have_value("")
    expect(box(page)).to_be_focused()


def test_a_filter_is_put_into_the_field_and_the_question_goes_on(arrive):
    page = arrive()
    begin(page, "освещение рег")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box(page)).to_have_value("освещение регион:")
    box(page).press_sequentially("калу", delay=20)
    expect(offers(page).get_by_role("option")).to_have_text(["регион:«Калужская область»"])
    offers(page).get_by_role("option").click()
    expect(box(page)).to_have_value("освещение регион:«Калужская область» ")
    expect(box(page)).to_be_focused()
    expect(offers(page)).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")


def test_a_slash_goes_to_the_box_but_is_a_letter_in_a_field(arrive):
    page = arrive("employee")
    page.goto("/about")
    enhanced(page)
    expect(box(page)).to_have_attribute("aria-keyshortcuts", "/")
    page.keyboard.press("Control+/")
    expect(box(page)).not_to_be_focused()
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    expect(box(page)).to_have_value("")
    page.keyboard.press("/")
    expect(box(page)).to_have_value("/")
    box(page).blur()
    # The same key in the Russian layout.
    page.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', { key: '.', code: 'Slash', bubbles: true }))")
    expect(box(page)).to_be_focused()
    page.goto("/practices/new")
    enhanced(page)
    field = page.locator("[name=summary]")
    field.click()
    page.keyboard.press("/")
    expect(field).to_be_focused()


@pytest.mark.parametrize("name", ["", "employee"])
def test_who_presses_keys_unasked_switches_the_slash_off(arrive, name):
    page = arrive(name)
    page.goto("/search")
    enhanced(page)
    switch = page.get_by_label("Клавиша «/» ставит курсор в строку поиска")
    expect(switch).to_be_checked()
    switch.uncheck()
    check_page(page)
    main = page.locator("main search-box input")
    expect(main).not_to_have_attribute("aria-keyshortcuts", "/")
    page.keyboard.press("/")
    expect(main).not_to_be_focused()
    page.goto("/about")
    enhanced(page)
    page.keyboard.press("/")
    expect(box(page)).not_to_be_focused()
    expect(page.locator(".search kbd")).to_be_hidden()
    page.goto("/search")
    switch.check()
    page.keyboard.press("/")
    expect(main).to_be_focused()


FITS = """(input) => {
  const style = getComputedStyle(input), pen = document.createElement("canvas").getContext("2d");
  pen.font = style.font;
  return pen.measureText(input.placeholder).width <= input.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
}"""


@pytest.mark.parametrize("name", ["", "employee"])
def test_what_the_box_asks_is_never_cut(arrive, name):
    page = arrive(name)
    for width in (320, 360, 840, 1000, 1030, 1095, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for address in ("/", "/search"):
            page.goto(address)
            shown = [each for each in page.locator("search-box input").all() if each.is_visible()]
            assert shown and all(each.evaluate(FITS) for each in shown), (width, address)


@pytest.mark.parametrize(("width", "dark"), [(320, True), (1280, False)])
def test_the_open_list_is_without_barriers_and_moves_nothing(arrive, width, dark):
    page = arrive("employee", width=width, dark=dark)
    page.goto("/about")
    before = page.locator("main").bounding_box()
    begin(page, "дв")
    page.keyboard.press("ArrowDown")
    assert axe(page) == []
    assert sideways_scroll(page) == 0
    assert page.locator("main").bounding_box() == before
    heights = offers(page).get_by_role("option").evaluate_all("all => all.map((one) => one.getBoundingClientRect().height)")
    assert min(heights) >= (44 if width == 320 else 32), heights


def test_a_question_overtaken_or_unanswered_changes_nothing(arrive):
    page = arrive()
    page.goto("/about")
    enhanced(page)
    asked = "**/search/completions?q=*"
    page.route(asked, lambda route: None)
    with page.expect_request(asked):
        box(page).press_sequentially("обн")
    page.unroute(asked)
    box(page).fill("калуж")
    expect(offers(page).get_by_role("option")).to_have_text([re.compile("Калужская область")])
    page.route(asked, lambda route: route.fulfill(status=503))
    box(page).fill("обнинск")
    expect(offers(page)).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")


def test_a_member_finds_the_last_questions_in_the_empty_box_until_signing_out(arrive):
    page = arrive("newcomer")
    page.goto("/search?q=вывоз снега")
    page.goto("/about")
    enhanced(page)
    box(page).click()
    expect(offers(page).get_by_role("option").first).to_have_text("вывоз снега")
    assert page.evaluate("localStorage.length") == 0
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    expect(box(page)).to_have_value("вывоз снега")


def test_a_guests_questions_stay_in_their_browser(arrive):
    page = arrive()
    page.goto("/search?q=вывоз снега")
    enhanced(page)
    page.goto("/about")
    enhanced(page)
    box(page).click()
    expect(offers(page).get_by_role("option")).to_have_text(["вывоз снега"])
    assert page.context.cookies() == []
    page.goto("/search")
    mine = page.locator("recent-searches")
    expect(mine.get_by_role("link")).to_have_text(["вывоз снега"])
    assert axe(page) == []
    mine.get_by_role("button").click()
    expect(mine).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


def test_the_form_works_without_scripts(arrive):
    page = arrive(javascript=False)
    page.goto("/")
    box(page).fill("освещение дворов")
    with page.expect_navigation():
        box(page).press("Enter")
    assert page.url.endswith(f"/search?q={quote('освещение')}+{quote('дворов')}")
    expect(page.locator("main")).to_contain_text("Светлые дворы")
    page.goto("/")
    page.locator("main form[role=search] [name=q]").fill("снег")
    with page.expect_navigation():
        page.locator("main form[role=search] button").click()
    assert page.url.endswith(f"/search?q={quote('снег')}")
