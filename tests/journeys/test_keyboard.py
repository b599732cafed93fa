"""Without a mouse: every step by Tab and Enter, in a bounded number of presses."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import enhanced
from tests.journeys.writing import TEXTS

pytestmark = pytest.mark.xdist_group("site")


def tab_to(page: Page, wanted: Locator, at_most: int) -> None:
    """Press Tab until the focus is there and can be seen."""
    for _ in range(at_most):
        page.keyboard.press("Tab")
        if wanted.evaluate("node => node === document.activeElement"):
            ring = wanted.evaluate("node => getComputedStyle(node).outlineStyle")
            assert ring != "none", f"the focus on {wanted} cannot be seen"
            return
    raise AssertionError(f"{wanted} is not reached by {at_most} presses of Tab")


def enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("width", [320, 1280])
def test_search_vote_and_comment(arrive, width):
    page = arrive("colleague", width=width)
    page.goto("/")
    tab_to(page, page.locator("a.skip"), 1)
    expect(page.locator("a.skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.goto("/about")
    tab_to(page, page.locator("header [name=q]"), 8)
    page.keyboard.type("освещение дворов")
    enter(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    tab_to(page, page.locator("a.skip[href='#found']"), 8)  # past the filters
    page.keyboard.press("Enter")
    tab_to(page, page.locator("#found h2 a[href^='/practices/'], #found h3 a[href^='/practices/']").first, 20)
    enter(page)

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    enhanced(page)
    box = page.locator("article .actions vote-box")
    up = box.locator(".up")
    tab_to(page, up, 40)
    pressed = up.get_attribute("aria-pressed")
    page.keyboard.press("Enter")
    expect(up).to_have_attribute("aria-pressed", "false" if pressed == "true" else "true")
    expect(up).to_be_focused()
    page.keyboard.press("Enter")
    expect(up).to_have_attribute("aria-pressed", pressed)
    tab_to(page, page.locator("#discussion a[href='#body']"), 15)
    page.keyboard.press("Enter")
    expect(page.locator("#comment-form textarea")).to_be_focused()
    page.keyboard.type(f"Написано без мыши, {width}")
    tab_to(page, page.locator("#comment-form button:not([name])").last, 4)
    page.keyboard.press("Enter")
    expect(page.locator(".comment.new")).to_contain_text(f"Написано без мыши, {width}")
    expect(page.locator(".comment.new")).to_be_focused()


def test_a_menu_closes_by_escape(arrive):
    page = arrive("employee", width=320)
    page.goto("/about")
    page.wait_for_load_state("load")
    summary = page.locator("header .menu summary")
    tab_to(page, summary, 10)
    page.keyboard.press("Enter")
    expect(page.locator("header .menu")).to_have_attribute("open", "")
    tab_to(page, page.locator("header .menu li a").first, 1)
    page.keyboard.press("Escape")
    expect(page.locator("header .menu")).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()


def test_a_practice_is_written_and_published(arrive):
    page = arrive("employee")
    page.goto("/about")
    tab_to(page, page.get_by_role("link", name="Написать").first, 12)
    enter(page)
    enhanced(page)
    title = "Написали о практике без мыши"
    tab_to(page, page.locator("[name=title]"), 40)
    page.keyboard.type(title)
    for name, text in TEXTS.items():
        if name == "problem":
            tab_to(page, page.locator("[name=municipality]"), 12)
            page.keyboard.press("Control+a")
            page.keyboard.type("Обнинск, Калужская область")
            page.keyboard.press("Escape")
            tab_to(page, page.locator("[name=nomination]").first, 4)
            page.keyboard.press("Space")
        tab_to(page, page.locator(f"[name={name}]"), 12)
        page.keyboard.insert_text(text)
    tab_to(page, page.get_by_role("button", name="Опубликовать").first, 120)
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator("article").first).to_contain_text("Дети снова гуляют")
