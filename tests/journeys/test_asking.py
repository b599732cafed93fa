"""A town asks for a solution, is offered one, and the question closes when it takes the practice home."""

import pytest
from playwright.sync_api import expect

from tests.browser import axe, enhanced, sideways_scroll

pytestmark = pytest.mark.xdist_group("site")

TITLE = "Чем убирать снег во дворах без трактора"


def test_asked_offered_and_adopted(arrive):
    asker, helper = arrive("employee", width=360), arrive("colleague", width=1280, dark=True)
    asker.goto("/requests/new")
    enhanced(asker)
    asker.locator("[name=title]").fill(TITLE)
    asker.locator("[name=problem]").fill("Снег лежит до обеда, уборка дворов идёт по жалобам.")
    near = asker.locator("near-duplicates")
    expect(near.get_by_role("status")).to_contain_text("Может помочь")
    expect(near.get_by_role("link", name="День чистого двора")).to_have_attribute("target", "_blank")
    assert axe(asker) == [] and sideways_scroll(asker) == 0
    asker.get_by_role("button", name="Опубликовать").last.click()
    expect(asker.locator("h1")).to_have_text(TITLE)
    fitting = asker.locator("#fitting").get_by_role("link", name="День чистого двора")
    practice = fitting.get_attribute("href")

    helper.goto(asker.url)
    helper.get_by_text("Предложить практику").click()
    helper.get_by_label("Практика", exact=True).fill(practice)
    helper.get_by_label("Почему она подойдёт").fill("Там снег убирают по графику: техники хватает на всех.")
    helper.get_by_role("button", name="Предложить", exact=True).click()
    expect(helper.locator("#offers").get_by_role("link", name="День чистого двора")).to_be_visible()
    assert axe(helper) == [] and sideways_scroll(helper) == 0

    asker.reload()
    asker.locator("#offers").get_by_role("button", name="Внедряем у себя").click()
    expect(asker.locator("h1")).to_contain_text("Обнинск")
    helper.reload()
    expect(helper.get_by_text("Решено: внедряем практику")).to_be_visible()
    expect(helper.get_by_role("link", name="как идёт внедрение")).to_be_visible()
