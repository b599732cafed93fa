"""What has been published under nearly the same title is told while it is typed, and disturbs nobody."""

import pytest
from playwright.sync_api import expect

from tests.browser import axe, enhanced, sideways_scroll

pytestmark = pytest.mark.xdist_group("site")

NEAR = "Светлые дворы: светильники по энергосервису"


@pytest.mark.parametrize("width", [360, 1280])
def test_duplicates_come_and_go_with_the_title(arrive, width):
    page = arrive("employee", width=width, dark=width == 360)
    page.goto("/practices/new")
    enhanced(page)
    title, near = page.locator("[name=title]"), page.locator("near-duplicates")
    title.fill(NEAR)
    expect(near.get_by_role("status")).to_contain_text("Похожее уже есть")
    link = near.get_by_role("link", name="Маленький лот")
    expect(link).to_have_attribute("target", "_blank")
    expect(title).to_be_focused()
    assert axe(page) == [] and sideways_scroll(page) == 0
    title.fill("Квартальный оркестр ложкарей")
    expect(near.get_by_role("link")).to_have_count(0)
    expect(near.get_by_role("status")).to_be_empty()


def test_who_has_gone_on_to_the_next_field_types_on_where_they_were(arrive):
    page = arrive("employee")
    page.goto("/practices/new")
    enhanced(page)
    summary = page.locator("[name=summary]")
    page.locator("[name=title]").fill(NEAR)
    summary.focus()
    before = summary.bounding_box()["y"]
    expect(page.locator("near-duplicates").get_by_role("link")).not_to_have_count(0)
    page.wait_for_timeout(300)
    assert summary.bounding_box()["y"] == pytest.approx(before, abs=1)
    expect(summary).to_be_focused()
