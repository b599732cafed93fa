"""Moderation from the site alone: by keyboard on a phone, without scripts, and giving back on leaving."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import check_page, enhanced
from tests.journeys.stranger import Stranger
from tests.journeys.test_keyboard import enter, tab_to

pytestmark = pytest.mark.xdist_group("site")


@pytest.fixture
def reported(site):
    """`reported(words)`: a comment of the colleague's that the employee has reported; its number."""
    colleague, employee = (Stranger(site.url).sign_in(f"{name}@demo.example") for name in ("colleague", "employee"))
    practice = re.search(r'href="/practices/(\d+)/', employee.get("/practices?sort=discussed")[1])[1]

    def go(words: str) -> int:
        page = f"/entries/{practice}/comments/new"
        colleague.post(f"/entries/{practice}/comments", csrf_token=colleague.token(page), body=words)
        number = int(re.search(r"#comment-(\d+)", colleague.at)[1])
        form = f"/entries/{number}/reports/new"
        employee.post(f"/entries/{number}/reports", csrf_token=employee.token(form), reason="off_topic", note=words)
        return number

    return go


def case(page: Page, number: int):
    return page.locator(f"#entry-{number}")


def test_everything_by_keyboard_on_a_phone(arrive, reported):
    first, second = reported("Это совсем не о том"), reported("И это не о том")
    page = arrive("moderator", width=360)
    page.goto("/moderation?kind=reports")
    check_page(page)
    tab_to(page, case(page, first).get_by_role("button", name="Взять"), 120)
    enter(page)
    expect(case(page, first)).to_contain_text("Разбираете вы")
    for number in (first, second):
        tab_to(page, case(page, number).get_by_role("checkbox"), 120)
        page.keyboard.press("Space")
    tab_to(page, page.locator("#reason-many"), 120)
    page.keyboard.type("Не по теме практики")
    tab_to(page, page.locator("#many").get_by_role("button", name="Скрыть"), 6)
    enter(page)
    expect(page.locator("h1")).to_have_text("Сделано: 2 из 2")
    check_page(page)
    tab_to(page, page.get_by_role("link", name="В очередь"), 40)
    enter(page)
    expect(case(page, first)).to_have_count(0)


@pytest.mark.parametrize("address", ["moderation", "moving", "wording"])
def test_the_pages_of_a_case_are_without_faults(arrive, reported, address):
    number = reported(f"Проверка страницы {address}")
    page = arrive("moderator", width=320, dark=True)
    page.goto(f"/entries/{number}/{address}")
    check_page(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    check_page(page)


def test_what_a_merge_would_do_is_shown_without_scripts(arrive, site):
    guest = Stranger(site.url)
    one, other, *_rest = dict.fromkeys(re.findall(r'href="/practices/(\d+)/', guest.get("/practices?nomination=5")[1]))
    page = arrive("moderator", width=360, javascript=False)
    for address in (f"/entries/{one}/moderation", f"/entries/{one}/moving", f"/entries/{one}/merging"):
        page.goto(address)
        assert page.locator("h1").count() == 1
    page.get_by_label("Какая практика останется").fill(f"{site.url}/practices/{other}/x")
    page.get_by_role("button", name="Дальше").click()
    expect(page.locator("main")).to_contain_text("Не перейдёт")


def test_leaving_gives_back_what_was_taken(arrive, reported):
    number = reported("Возьмём и уйдём")
    page, other = arrive("moderator"), arrive("admin", javascript=False)
    page.goto("/moderation?kind=reports")
    case(page, number).get_by_role("button", name="Взять").click()
    expect(case(page, number)).to_contain_text("Разбираете вы")
    enhanced(page)
    # Going on within the case keeps it.
    case(page, number).locator("h2 a").click()
    expect(page.locator("h1")).to_contain_text("Возьмём и уйдём")
    enhanced(page)
    other.goto("/moderation?kind=reports")
    expect(case(other, number)).to_contain_text("Разбирает")
    # Leaving it does not.
    page.locator("header a.brand").click()
    expect(page).to_have_url(re.compile(r"/$"))
    for _ in range(40):
        other.reload()
        if "Разбирает" not in case(other, number).inner_text():
            break
        other.wait_for_timeout(250)
    expect(case(other, number).get_by_role("button", name="Взять")).to_be_visible()
