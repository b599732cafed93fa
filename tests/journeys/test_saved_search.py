"""A search that found nothing is kept; when somebody publishes what it asked for, the bell tells, and leads there."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import check_page, reload_until
from tests.journeys.writing import fill_card, press

pytestmark = pytest.mark.xdist_group("site")

WORDS = "зимой купели у монастырей"
TITLE = "Купель у монастыря работает и зимой"


def test_a_kept_search_is_answered(arrive):
    seeker, writer = arrive("colleague", width=360, dark=True), arrive("employee")
    seeker.goto("/search")
    box = seeker.locator("header [name=q]")
    box.fill(f"{WORDS} номинация:1")
    box.press("Enter")
    seeker.wait_for_url("**/search?**")
    check_page(seeker)
    seeker.get_by_label("и письмом").check()
    press(seeker, "Сообщить, когда появится новое")
    expect(seeker.locator("#main")).to_contain_text("Сообщим о новом на сайте и письмом.")
    check_page(seeker)
    seeker.get_by_role("link", name="Все сохранённые поиски").click()
    expect(seeker.locator(".saved-searches")).to_contain_text(WORDS)
    check_page(seeker)

    writer.goto("/practices/new")
    fill_card(writer, TITLE)
    press(writer, "Опубликовать")
    expect(writer.get_by_role("heading", level=1)).to_have_text(TITLE)

    link = seeker.get_by_role("link", name=f"По вашему поиску «{WORDS}» появилась практика «{TITLE}»")
    bell = seeker.get_by_role("link", name=re.compile("Уведомления"))
    bell.click()
    reload_until(seeker, link)
    expect(bell.locator(".count")).to_be_visible()
    check_page(seeker)
    link.click()
    expect(seeker.get_by_role("heading", level=1)).to_have_text(TITLE)
