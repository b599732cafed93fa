"""An address longer than the server reads: a page that says so and leads on, not a broken connection."""

import pytest
from playwright.sync_api import expect

from tests.browser import axe
from tests.markup import valid_html

pytestmark = pytest.mark.xdist_group("site")


@pytest.mark.parametrize("letters", [3_000, 100_000])
def test_a_question_too_long_gets_a_page_that_leads_on(arrive, letters):
    page = arrive()
    answer = page.goto(f"/search?q={'%D0%B0' * letters}")
    assert answer.status == 400 and valid_html(answer.text()) == []
    expect(page.get_by_role("heading", level=1)).to_have_text("Запрос слишком длинный")
    assert axe(page) == []
    page.get_by_role("link", name="К поиску").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Поиск")


def test_headers_too_large_are_told_as_such(arrive):
    answer = arrive().context.request.get("/search?q=двор", headers={"X-Long": "a" * 9_000}, fail_on_status_code=False)
    assert answer.status == 431 and "Запрос слишком длинный" in answer.text()
