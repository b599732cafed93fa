"""The one who leads a practice leaves for another town; a colleague takes over with one button, puts it right and confirms it."""

import pytest
from playwright.sync_api import expect

from tests.browser import check_page, enhanced, reload_until

pytestmark = pytest.mark.xdist_group("site")

TITLE = "Школа, которая течёт по ночам"


def test_a_colleague_takes_over_edits_and_confirms(arrive):
    owner, colleague = arrive(), arrive("employee", width=360)
    owner.goto("/login")
    owner.get_by_label("Почта").fill("dubravin@people.example")
    owner.get_by_label("Пароль").first.fill("demo-password")
    owner.locator("main").get_by_role("button", name="Войти").first.click()
    owner.goto("/account")
    owner.get_by_label("Муниципальное образование").fill("Боровичи, Новгородская область")
    owner.get_by_role("button", name="Сохранить").first.click()

    colleague.goto("/account/practices")
    row = colleague.locator(".kept li").filter(has_text=TITLE)
    reload_until(colleague, row.get_by_text("Никто не ведёт"))
    expect(colleague.locator(".kept li").first).to_contain_text(TITLE)  # what nobody leads stands first
    check_page(colleague)
    row.get_by_role("button", name="Взять на себя").click()
    expect(colleague.get_by_text("Теперь эту практику ведёте вы")).to_be_visible()
    colleague.get_by_label("Ваш контакт для коллег").fill("8 (484) 555-01-06")
    colleague.get_by_role("button", name="Сохранить").click()
    colleague.get_by_role("button", name="Всё ещё верно").click()
    expect(colleague.get_by_text("Сведения подтверждены", exact=False).first).to_be_visible()
    check_page(colleague)

    colleague.get_by_role("link", name=TITLE).click()
    colleague.locator(".actions").get_by_role("link", name="Изменить").click()
    enhanced(colleague)
    colleague.get_by_label("Название").fill(f"{TITLE} и больше не течёт")
    colleague.get_by_role("button", name="Сохранить", exact=True).last.click()
    expect(colleague.get_by_role("heading", level=1)).to_contain_text("больше не течёт")
    expect(colleague.locator("aside")).to_contain_text("Ведёт сейчас")
    check_page(colleague)

    owner.goto("/notifications")
    reload_until(owner, owner.get_by_text("Ваш коллега изменил практику"))
    owner.get_by_text("Практику теперь ведёт ваш коллега").click()
    expect(owner.get_by_role("heading", level=1)).to_contain_text("больше не течёт")
