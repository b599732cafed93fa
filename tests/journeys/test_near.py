"""A guest names their town, and the list begins with practices of towns like it and says why."""

import pytest
from playwright.sync_api import expect

from tests.browser import check_page

pytestmark = pytest.mark.xdist_group("site")


def test_a_guest_picks_a_town_and_sees_the_order_explained(arrive):
    guest = arrive(width=360)
    guest.goto("/practices")
    guest.get_by_role("link", name="близкие к нам").click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Ваш муниципалитет")
    check_page(guest)
    field = guest.get_by_label("Ваш муниципалитет")
    field.fill("Обнинск, Калужская область")
    field.press("Enter")
    expect(guest.locator("#main")).to_contain_text("Сравниваем с муниципалитетом: Обнинск")
    reasons = guest.locator(".results .alike-why")
    expect(reasons.first).to_contain_text("ваш муниципалитет")
    expect(reasons.filter(has_text="тот же федеральный округ").first).to_be_visible()
    check_page(guest)
    near = guest.locator(".results li").filter(has=guest.get_by_text("тот же федеральный округ")).first.get_by_role("link")
    near.click()
    expect(guest.locator("#main")).to_contain_text("Похоже на ваш муниципалитет: городской округ")
    check_page(guest)
    guest.goto("/likeness")
    expect(guest.locator("table")).to_contain_text("40 – та же ступень")
    check_page(guest)
